from qihou.domains.plan.pages.working.typed import Typed


def test_a_wrong_field_keeps_what_was_typed_and_says_why():
    form = Typed({"percent": "六成", "text": " 已开工 "})
    assert form.decimal("percent") is None
    assert "六成" in form.errors["percent"]
    assert form.values["percent"] == "六成"
    assert form.required("text", "?") == "已开工"
    form.required("note", "请写明原因。")
    assert form.errors["note"] == "请写明原因。"


def test_a_fields_own_unit_may_stand_behind_the_number_and_no_other():
    form = Typed({"percent": "50%", "paid": "50%"})
    assert form.decimal("percent", "%") == 50
    assert form.decimal("paid", "万元") is None
    assert "万元" in form.errors["paid"]
