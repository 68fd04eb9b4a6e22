"""Bundles: referrals that come in a ZIP with the files of which they speak."""

from kavalan.tips.bundle.bundle import Bundle, open_bundle
from kavalan.tips.bundle.content import Content
from kavalan.tips.bundle.member import Member, Use
from kavalan.tips.bundle.referral import Referral

__all__ = ["Bundle", "Content", "Member", "Referral", "Use", "open_bundle"]
