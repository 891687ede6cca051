"""What is taught in the demo: the trades that the letter names (§1, §4.1), and their kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from courses.models import Course, Curriculum

_FIT = Curriculum.Fit
_GROUP = Curriculum.TradeGroup
_NEW, _UP, _RE = Course.SkillPurpose.NEW, Course.SkillPurpose.UP, Course.SkillPurpose.RE


class Trade(NamedTuple):
    title: str
    group: str
    fit: str
    purpose: str
    hours: tuple[str, ...]


def after_thai(title: str) -> str:
    """A title behind a Thai word: none of the Thai ones is parted from it, Latin letters are."""
    return f" {title}" if title[0].isascii() else title


TRADES: Final = (
    Trade("ช่างตัดผม", _GROUP.COMMERCE, _FIT.PROFESSIONAL, _NEW, ("9", "30", "60")),
    Trade("ช่างไฟฟ้าภายในอาคาร", _GROUP.INDUSTRY, _FIT.PROFESSIONAL, _NEW, ("20", "40")),
    Trade("ช่างประปา", _GROUP.INDUSTRY, _FIT.PROFESSIONAL, _NEW, ("6", "20")),
    Trade("ช่างซ่อมเครื่องยนต์เล็กเพื่อการเกษตร", _GROUP.INDUSTRY, _FIT.GENERAL, _UP, ("12", "20")),
    Trade("งานหัตถกรรมจักสานไม้ไผ่", _GROUP.INDUSTRY, _FIT.COMMUNITY, _NEW, ("8", "15")),
    Trade("ผ้าทอพื้นเมืองย้อมสีธรรมชาติ", _GROUP.INDUSTRY, _FIT.COMMUNITY, _UP, ("9", "24")),
    Trade("การพัฒนาตลาดขายผ้าทอ", _GROUP.COMMERCE, _FIT.DIGITAL, _UP, ("6", "12")),
    Trade("เย็บกระเป๋าผ้าด้วยมือ", _GROUP.INDUSTRY, _FIT.GENERAL, _NEW, ("5", "7.5")),
    Trade("ขนมไทยโบราณ", _GROUP.COMMERCE, _FIT.COMMUNITY, _NEW, ("6", "8")),
    Trade("ขนมพื้นบ้านและขนมประเพณี", _GROUP.COMMERCE, _FIT.COMMUNITY, _NEW, ("5", "8", "12")),
    Trade("อาหารพื้นถิ่นเพื่อจำหน่าย", _GROUP.COMMERCE, _FIT.COMMUNITY, _UP, ("9", "10")),
    Trade("การแปรรูปและถนอมอาหาร", _GROUP.AGRICULTURE, _FIT.COMMUNITY, _UP, ("8", "15")),
    Trade("การชงกาแฟและเครื่องดื่ม", _GROUP.COMMERCE, _FIT.GENERAL, _NEW, ("6", "9", "18")),
    Trade("การค้าขายออนไลน์", _GROUP.COMMERCE, _FIT.DIGITAL, _RE, ("6", "12")),
    Trade("นักสร้างคอนเทนต์", _GROUP.CREATIVE, _FIT.DIGITAL, _NEW, ("9", "18")),
    Trade("Influencer ชุมชน", _GROUP.CREATIVE, _FIT.DIGITAL, _NEW, ("6", "12")),
    Trade("การถ่ายภาพสินค้าด้วยโทรศัพท์มือถือ", _GROUP.CREATIVE, _FIT.DIGITAL, _UP, ("3", "6")),
    Trade("การออกแบบบรรจุภัณฑ์ด้วยปัญญาประดิษฐ์", _GROUP.CREATIVE, _FIT.DIGITAL, _UP, ("6", "10")),
    Trade("การออกแบบของที่ระลึกจากภูมิปัญญาท้องถิ่น", _GROUP.CREATIVE, _FIT.COMMUNITY, _UP, ("8", "15")),
    Trade("งานช่างศิลป์พื้นบ้าน", _GROUP.CREATIVE, _FIT.COMMUNITY, _NEW, ("9", "20")),
    Trade("เกษตรสมัยใหม่กับโดรนเพื่อการเกษตร", _GROUP.AGRICULTURE, _FIT.DIGITAL, _RE, ("12", "30")),
    Trade("การเพาะเห็ดในโรงเรือน", _GROUP.AGRICULTURE, _FIT.GENERAL, _NEW, ("6", "8")),
    Trade("การเลี้ยงไก่ไข่อารมณ์ดี", _GROUP.AGRICULTURE, _FIT.GENERAL, _NEW, ("4", "6")),
    Trade("การทำปุ๋ยหมักและดินปลูก", _GROUP.AGRICULTURE, _FIT.COMMUNITY, _UP, ("3", "3.5")),
    Trade("การปลูกผักไฮโดรโปนิกส์", _GROUP.AGRICULTURE, _FIT.GENERAL, _NEW, ("6", "12")),
    Trade("การดูแลผู้สูงอายุ", _GROUP.SPECIALISED, _FIT.PROFESSIONAL, _NEW, ("30", "70")),
    Trade("นวดแผนไทยเพื่อสุขภาพ", _GROUP.SPECIALISED, _FIT.PROFESSIONAL, _RE, ("40", "60")),
    Trade("ลูกประคบและยาดมสมุนไพร", _GROUP.SPECIALISED, _FIT.COMMUNITY, _NEW, ("4.5", "6")),
    Trade("ภาษาอังกฤษเพื่อการท่องเที่ยวชุมชน", _GROUP.SPECIALISED, _FIT.PROFESSIONAL, _RE, ("20", "30")),
    Trade("ไม้ดอกไม้ประดับและการจัดสวนถาด", _GROUP.AGRICULTURE, _FIT.GENERAL, _NEW, ("5", "9")),
)


def theory_of(hours: Decimal) -> Decimal:
    """About a fifth is talk, in half hours; the rest is done by hand."""
    return (hours * 2 // 5) / 2
