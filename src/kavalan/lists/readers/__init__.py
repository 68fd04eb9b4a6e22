"""Readers of hash lists, one file each, under one contract and one battery of tests."""

from kavalan.lists.readers.columns import ColumnReader, Columns
from kavalan.lists.readers.contract import Fault, Reader, Report
from kavalan.lists.readers.detect import FORMATS, detect
from kavalan.lists.readers.icse import IcseReader
from kavalan.lists.readers.ncmec import NcmecReader
from kavalan.lists.readers.nsrl import NsrlReader
from kavalan.lists.readers.stopncii import StopNciiReader
from kavalan.lists.readers.threatexchange import ThreatExchangeReader
from kavalan.lists.readers.vics import VicsReader

__all__ = [
    "FORMATS",
    "ColumnReader",
    "Columns",
    "Fault",
    "IcseReader",
    "NcmecReader",
    "NsrlReader",
    "Reader",
    "Report",
    "StopNciiReader",
    "ThreatExchangeReader",
    "VicsReader",
    "detect",
]
