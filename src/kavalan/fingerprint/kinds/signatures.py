"""The bytes that tell a kind, each with the place that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.fingerprint.kinds.archive import zip_kind
from kavalan.fingerprint.kinds.media import (
    asf_kind,
    bmp_kind,
    ebml_kind,
    icon_kind,
    jp2_kind,
    ogg_kind,
    pcx_kind,
    png_kind,
    pnm_kind,
    riff_kind,
    tiff_kind,
)
from kavalan.fingerprint.kinds.program import cafebabe_kind, elf_kind, pe_kind

if TYPE_CHECKING:
    from collections.abc import Callable


class Signature(NamedTuple):
    """Bytes that stand at one place in every file of a kind."""

    offset: int
    magic: bytes
    kind: str | Callable[[bytes], str | None]
    """The kind, or the rule that reads further and answers None where the bytes are something else after all."""
    source: str


def _sig(magic: bytes, kind: str | Callable[[bytes], str | None], source: str, offset: int = 0) -> Signature:
    return Signature(offset, magic, kind, source)


# Order matters only where one magic begins with another.
SIGNATURES: Final[tuple[Signature, ...]] = (
    # Pictures
    _sig(b"\xff\xd8\xff\xf7", "image/jls", "ITU-T T.87 C.1"),
    _sig(b"\xff\xd8\xff", "image/jpeg", "ITU-T T.81 B.1"),
    _sig(b"\x89PNG\r\n\x1a\n", png_kind, "W3C PNG 3rd edition, 5.2 and 11.3.2"),
    _sig(b"GIF87a", "image/gif", "CompuServe GIF 87a"),
    _sig(b"GIF89a", "image/gif", "CompuServe GIF 89a, 17"),
    _sig(b"BM", bmp_kind, "Microsoft BITMAPFILEHEADER, BITMAPINFOHEADER"),
    _sig(b"II*\0", tiff_kind, "TIFF 6.0, section 2; DNG 1.7; exiftool's tag tables for makers"),
    _sig(b"MM\0*", tiff_kind, "TIFF 6.0, section 2"),
    _sig(b"II+\0\x08\0\0\0", "image/tiff", "BigTIFF (AWare Systems)"),
    _sig(b"MM\0+\0\x08\0\0", "image/tiff", "BigTIFF (AWare Systems)"),
    _sig(b"IIRO", "image/x-olympus-orf", "exiftool, Olympus"),
    _sig(b"IIRS", "image/x-olympus-orf", "exiftool, Olympus"),
    _sig(b"MMOR", "image/x-olympus-orf", "exiftool, Olympus"),
    _sig(b"IIU\0", "image/x-panasonic-rw2", "exiftool, PanasonicRaw"),
    _sig(b"II\x1a\0\0\0HEAPCCDR", "image/x-canon-crw", "exiftool, CanonRaw"),
    _sig(b"FUJIFILMCCD-RAW ", "image/x-fuji-raf", "exiftool, FujiFilm"),
    _sig(b"FOVb", "image/x-x3f", "exiftool, SigmaRaw"),
    _sig(b"\0\0\0\x0cJXL \r\n\x87\n", "image/jxl", "ISO/IEC 18181-2, 9.1"),
    _sig(b"\xff\x0a", "image/jxl", "ISO/IEC 18181-1, D.1"),
    _sig(b"\0\0\0\x0cjP  \r\n\x87\n", jp2_kind, "ISO/IEC 15444-1, I.5"),
    _sig(b"\xff\x4f\xff\x51", "image/x-jp2-codestream", "ISO/IEC 15444-1, A.4"),
    _sig(b"\0\0\1\0", icon_kind, "Microsoft ICONDIR"),
    _sig(b"\0\0\2\0", icon_kind, "Microsoft ICONDIR"),
    _sig(b"8BPS", "image/vnd.adobe.photoshop", "Adobe Photoshop File Formats"),
    _sig(b"P", pnm_kind, "Netpbm ppm(5), pgm(5), pbm(5)"),
    _sig(b"\x0a", pcx_kind, "ZSoft PCX technical manual"),
    _sig(b"qoif", "image/x-qoi", "QOI specification 1.0"),
    _sig(b"gimp xcf", "image/x-xcf", "GIMP devel-docs xcf.txt"),
    _sig(b"\x76\x2f\x31\x01", "image/x-exr", "OpenEXR file layout"),
    _sig(b"#?RADIANCE\n", "image/vnd.radiance", "Radiance file formats"),
    _sig(b"DDS \x7c\0\0\0", "image/vnd-ms.dds", "Microsoft DDS_HEADER"),
    _sig(b"icns", "image/x-icns", "Apple Icon Services"),
    _sig(b"AT&TFORM", "image/vnd.djvu", "DjVu 3 specification, 8"),
    _sig(b"\xd7\xcd\xc6\x9a", "image/wmf", "[MS-WMF] 2.3.2.3"),
    _sig(b" EMF", "image/emf", "[MS-EMF] 2.2.9", 40),
    _sig(b"DICM", "application/dicom", "DICOM PS3.10, 7.1", 128),
    # Moving pictures
    _sig(b"\x1aE\xdf\xa3", ebml_kind, "RFC 8794, 11.2; RFC 9559"),
    _sig(b"\0\0\1\xba", "video/mpeg", "ISO/IEC 13818-1, 2.5.3.3"),
    _sig(b"\0\0\1\xb3", "video/mpv", "ISO/IEC 11172-2, 2.4.2.3"),
    _sig(b"\0\0\0\1\x67", "video/h264", "ITU-T H.264, annex B"),
    _sig(b"\0\0\0\1\x40\1", "video/h265", "ITU-T H.265, annex B"),
    _sig(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa\0\x62\xce\x6c", asf_kind, "Microsoft ASF, 10.1"),
    _sig(b"FLV\1", "video/x-flv", "Adobe FLV 10.1, E.2"),
    _sig(b"OggS\0", ogg_kind, "RFC 3533, 6"),
    _sig(b".RMF\0\0\0", "application/vnd.rn-realmedia", "RealNetworks RMFF"),
    _sig(b"DKIF\0\0\x20\0", "video/x-ivf", "libvpx ivfdec.c"),
    _sig(b"YUV4MPEG2 ", "video/x-yuv4mpeg", "mjpegtools yuv4mpeg(5)"),
    _sig(b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01", "application/mxf", "SMPTE ST 377-1, 7"),
    _sig(b"RIFF", riff_kind, "Microsoft RIFF; WebP container specification"),
    _sig(b"RF64", "audio/x-wav", "EBU Tech 3306"),
    # Sound
    _sig(b"ID3", "audio/mpeg", "id3.org ID3v2.4, 3.1"),
    _sig(b"fLaC", "audio/flac", "RFC 9639, 6"),
    _sig(b"MThd\0\0\0\x06", "audio/midi", "MIDI 1.0 files"),
    _sig(b"#!AMR", "audio/x-amr", "RFC 4867, 5.1"),
    _sig(b".snd", "audio/basic", "Sun/NeXT audio"),
    _sig(b"caff\0\1", "audio/x-caf", "Apple Core Audio Format"),
    _sig(b"AIFF", "audio/x-aiff", "Apple AIFF 1.3", 8),
    _sig(b"AIFC", "audio/x-aiff", "Apple AIFF-C", 8),
    # Documents
    _sig(b"%PDF-", "application/pdf", "ISO 32000-2, 7.5.2"),
    _sig(b"{\\rtf", "text/rtf", "Microsoft RTF 1.9.1"),
    _sig(b"%!PS", "application/postscript", "Adobe PLRM, appendix G"),
    _sig(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", "[MS-CFB] 2.2"),
    _sig(
        b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3",
        "application/onenote",
        "[MS-ONESTORE] 2.3.1",
    ),
    _sig(b"!BDN", "application/vnd.ms-outlook", "[MS-PST] 2.2.2.6"),
    _sig(b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef", "[MS-OXTNEF] 2.1.3.1"),
    _sig(b"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut", "[MS-SHLLINK] 2.1"),
    # Archives
    _sig(b"PK\3\4", zip_kind, "PKWARE APPNOTE 6.3.10, 4.3.7"),
    _sig(b"PK\5\6", "application/zip", "PKWARE APPNOTE 6.3.10, 4.3.16"),
    _sig(b"PK\7\x08PK\3\4", "application/zip", "PKWARE APPNOTE 6.3.10, 8.5.4"),
    _sig(b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", "7zFormat.txt"),
    _sig(b"Rar!\x1a\7\0", "application/x-rar", "RAR 4 technote"),
    _sig(b"Rar!\x1a\7\1\0", "application/x-rar", "RAR 5 archive format"),
    _sig(b"\x1f\x8b\x08", "application/gzip", "RFC 1952, 2.3"),
    _sig(b"BZh", "application/x-bzip2", "bzip2 1.0.8, compress.c"),
    _sig(b"\xfd7zXZ\0", "application/x-xz", "The .xz file format 1.2, 2.1.1"),
    _sig(b"\x28\xb5\x2f\xfd", "application/zstd", "RFC 8878, 3.1.1"),
    _sig(b"\x04\x22\x4d\x18", "application/x-lz4", "LZ4 frame format 1.6"),
    _sig(b"LZIP\1", "application/x-lzip", "draft-diaz-lzip, 2"),
    _sig(b"\x1f\x9d", "application/x-compress", "ncompress, compress.c"),
    _sig(b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed", "[MS-CAB] 2.1"),
    _sig(b"ustar", "application/x-tar", "POSIX.1-2017 pax, ustar", 257),
    _sig(b"070701", "application/x-cpio", "cpio(5)"),
    _sig(b"070702", "application/x-cpio", "cpio(5)"),
    _sig(b"070707", "application/x-cpio", "cpio(5)"),
    _sig(b"!<arch>\ndebian-binary", "application/vnd.debian.binary-package", "deb(5)"),
    _sig(b"!<arch>\n", "application/x-archive", "ar(5)"),
    # Disk images and acquisitions
    _sig(b"EVF\x09\x0d\x0a\xff\0", "application/x-ewf", "libewf, EWF specification 2.1"),
    _sig(b"LVF\x09\x0d\x0a\xff\0", "application/x-ewf", "libewf, EWF specification 2.1 (logical)"),
    _sig(b"EVF2\x0d\x0a\x81\0", "application/x-ewf", "libewf, EWF 2 specification 3"),
    _sig(b"LEF2\x0d\x0a\x81\0", "application/x-ewf", "libewf, EWF 2 specification 3 (logical)"),
    _sig(b"ADSEGMENTEDFILE\0", "application/x-ad1", "dissect.evidence, ad1"),
    _sig(b"AFF10\r\n\0", "application/x-aff", "AFFLIBv3"),
    _sig(b"KDMV", "application/x-vmdk", "VMware Virtual Disk Format 5.0"),
    _sig(b"COWD", "application/x-vmdk", "VMware Virtual Disk Format 5.0"),
    _sig(b"# Disk DescriptorFile", "application/x-vmdk", "VMware Virtual Disk Format 5.0"),
    _sig(b"vhdxfile", "application/x-vhdx", "[MS-VHDX] 2.2.1"),
    _sig(b"conectix", "application/x-vhd", "Microsoft VHD 1.0"),
    _sig(b"QFI\xfb", "application/x-qemu-disk", "QEMU docs/interop/qcow2.txt"),
    _sig(b"\x7f\x10\xda\xbe", "application/x-virtualbox-vdi", "VirtualBox VDICore.h", 64),
    # Data and programs
    _sig(b"SQLite format 3\0", "application/vnd.sqlite3", "sqlite.org/fileformat2.html, 1.3"),
    _sig(b"bplist0", "application/x-bplist", "Apple CFBinaryPList.c"),
    _sig(b"\xd4\xc3\xb2\xa1", "application/vnd.tcpdump.pcap", "draft-ietf-opsawg-pcap, 4"),
    _sig(b"\xa1\xb2\xc3\xd4", "application/vnd.tcpdump.pcap", "draft-ietf-opsawg-pcap, 4"),
    _sig(b"\x7fELF", elf_kind, "System V ABI, 4"),
    _sig(b"MZ", pe_kind, "Microsoft PE format"),
    _sig(b"\xca\xfe\xba\xbe", cafebabe_kind, "JVMS 4.1; mach-o/fat.h"),
    _sig(b"\xfe\xed\xfa\xce", "application/x-mach-binary", "mach-o/loader.h"),
    _sig(b"\xfe\xed\xfa\xcf", "application/x-mach-binary", "mach-o/loader.h"),
    _sig(b"\xce\xfa\xed\xfe", "application/x-mach-binary", "mach-o/loader.h"),
    _sig(b"\xcf\xfa\xed\xfe", "application/x-mach-binary", "mach-o/loader.h"),
)
