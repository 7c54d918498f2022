"""Withholding by law: content leaves the kept files, the register, old publications; what proves the rest stays.

`withholding.withhold` is the door; `raw` empties kept files, `published` old publications.
"""
