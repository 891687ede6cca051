from documents.models.circulars import Circular, Delivery, Enclosure
from documents.models.files import PrivateFile

__all__ = ["Circular", "Delivery", "Enclosure", "PrivateFile"]
