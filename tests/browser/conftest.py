from qihou.face.testing import browser, desk, phone, portal  # noqa: F401
