"""The names of parts that have none where they lie."""

from __future__ import annotations

_ENDINGS = {
    "application/dicom": b"dcm",
    "application/epub+zip": b"epub",
    "application/gzip": b"gz",
    "application/pdf": b"pdf",
    "application/vnd.android.package-archive": b"apk",
    "application/vnd.ms-cab-compressed": b"cab",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": b"pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": b"xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": b"docx",
    "application/vnd.sqlite3": b"sqlite",
    "application/x-7z-compressed": b"7z",
    "application/x-bzip2": b"bz2",
    "application/x-ole-storage": b"ole",
    "application/x-rar": b"rar",
    "application/x-tar": b"tar",
    "application/x-xz": b"xz",
    "application/zip": b"zip",
    "application/zstd": b"zst",
    "audio/mp4": b"m4a",
    "audio/x-m4a": b"m4a",
    "image/apng": b"png",
    "image/avif": b"avif",
    "image/bmp": b"bmp",
    "image/gif": b"gif",
    "image/heic": b"heic",
    "image/heif": b"heif",
    "image/jp2": b"jp2",
    "image/jpeg": b"jpg",
    "image/png": b"png",
    "image/svg+xml": b"svg",
    "image/tiff": b"tif",
    "image/vnd.microsoft.icon": b"ico",
    "image/webp": b"webp",
    "video/3gpp": b"3gp",
    "video/mp4": b"mp4",
    "video/quicktime": b"mov",
    "video/webm": b"webm",
    "video/x-matroska": b"mkv",
    "video/x-msvideo": b"avi",
}


def ending_of(kind: str) -> bytes:
    """The usual ending of a media type, without its dot; `bin` for those that are rare."""
    return _ENDINGS.get(kind, b"bin")


def spelled(name: str) -> bytes:
    """A name that is one part of a path: what would divide it, or does not print, as `%` and the hexadecimal byte."""
    encoded = name.encode("utf-8", "surrogateescape")[:255]
    plain = b"".join(b"%%%02X" % byte if byte < 0x20 or byte in b"%/\\\x7f" else b"%c" % byte for byte in encoded)
    return plain.replace(b".", b"%2E") if not plain.strip(b".") else plain
