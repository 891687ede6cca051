"""Names of invented people, chosen for what they ask of order, search and paper: tone marks, leading vowels,
and letters that are rare.

Every surname ends in a word for fiction, so none of them is a family's.
"""

from __future__ import annotations

from random import Random
from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FEMALE: Final = _words(
    "เกศรินทร์ เพ็ญศรี เอื้อมพร เฌอริน เดือนฉาย เนื้อทิพย์ แก้วตา แสงเดือน แพรวา แม้นเขียน โสภิดา โชติกา โฉมฉาย "
    "ใจทิพย์ ใบบุญ ใบหม่อน ใกล้รุ่ง ไพลิน ไอรดา ไฉไล กัญญารัตน์ ฐิติมา ฐานิกา ฤทัย ฤดี ณัฏฐณิชา ปุญญิศา ญาณิศา "
    "ขวัญใจ ขิ่น คำน้อย จุฬาลักษณ์ ชื่นจิต ต้องตา ทองก้อน น้ำผึ้ง น้ำฝน บุญเรือน ปิ่นแก้ว ป่าน ป้อม พิมพ์พรรณ "
    "มะลิ มิ่งขวัญ รุ้งตะวัน ลำดวน วันเพ็ญ ศรีวรรณ สร้อยทิพย์ สุ่น หนูเล็ก หทัยทิพย์ อัญชลี อุ่นเรือน"
)
MALE: Final = _words(
    "เกรียงไกร เจิดศักดิ์ เด่นชัย เพิ่มพูน เรืองฤทธิ์ เสน่ห์ แก้ว แทนไท แสวง แหลม โยธิน โอภาส โป้ ใจเพชร ใหญ่ "
    "ไกรวุฒิ ไพฑูรย์ ไสว ฐาปนา ฐิติพงศ์ ณัฐวุฒิ ญาณภัทร ฤทธิ์ ฤกษ์ชัย ศุภฤกษ์ ก้องภพ กล้าหาญ ขวัญชัย คำปัน จ่อย "
    "ชิ้น ช่วง ดั้น ต่อศักดิ์ ทองอยู่ นพรัตน์ น้อย บุญส่ง ปั้น ปิ่น ป๋อง พรหมมา ฟื้น มั่น ยิ่งยศ ลือชา วิฑูรย์ "
    "สมญา สิงห์แก้ว หมื่น อ้วน อิ่นคำ อุ้ย"
)
SOUTHERN_FEMALE: Final = _words("ฮาลีเมาะ อาอีเสาะ แมะซง ซารีนะ นูรีฮัน ฟาตีเมาะ รอกีเยาะ แวเยาะ")
SOUTHERN_MALE: Final = _words("มะแอ อับดุลเลาะ ฮาซัน แวดือราแม ยูโซ๊ะ อิสมาแอ เจ๊ะเลาะ ดอเลาะ")
SINGLE: Final = _words("อาผ่า หมี่จู นะแฮ จะแฮ แลเซอ ปูลู หน่อแอ พะตี่ โม่แฮ เล่าต๋า ไหน่โส่ ใส่แก้ว")
FOREIGN_FEMALE: Final = ("เมียะเมียะ", "ขิ่นลวย", "โสพา", "จันทา", "นวยนวย", "Aye Mya", "Sokha")
FOREIGN_MALE: Final = ("ซอวิน", "อ่องโก", "สมพอน", "ไต้หลู่", "เมี้ยวทุน", "Kyaw Min", "Dara")
MONASTIC: Final = _words("ฐิตธัมโม ญาณวโร เขมจิตโต โชติปัญโญ ปุญญกาโม ฐานุตตโร")

_HEADS: Final = _words(
    "เพชร เรือน เกาะ แก้ว แสน แพร โพธิ์ โคก ใจ ใบ ใหม่ ไพร ไทร ไม้ ป่า ป้า ปาน ข้าว ขาว ข่าว น้ำ นา หน้า ทุ่ง ท่า "
    "ถิ่น ฐาน ญาติ ฤทธิ์ ฤดู วัฒน์ ศรี สร้อย ห้วย หนอง บ้าน บุญ ภู่ ภู ชื่น อุ่น รุ่ง ร่ม มั่น มิ่ง ดอย ดง คำ กล้า กลั่น"
)
_TAILS: Final = _words("สมมุติ จำลอง ตัวอย่าง ในนิทาน ในละคร นวนิยาย")


def surname(rng: Random) -> str:
    return rng.choice(_HEADS) + rng.choice(_TAILS)


def first_name(rng: Random, *, female: bool, southern: bool) -> str:
    """A given name; in the south every third is one that is heard there."""
    if southern and rng.random() < 0.3:
        return rng.choice(SOUTHERN_FEMALE if female else SOUTHERN_MALE)
    return rng.choice(FEMALE if female else MALE)


def whole_name(rng: Random) -> str:
    """For somebody who is only written down: an instructor, a member of staff."""
    female = rng.random() < 0.6
    title = rng.choice(["นาง", "นางสาว"] if female else ["นาย"])
    return f"{title}{first_name(rng, female=female, southern=False)} {surname(rng)}"
