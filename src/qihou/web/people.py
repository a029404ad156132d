"""Accounts of a district: who can sign in, with which roles. For administrators."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from axes.utils import reset as lift_pause
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from qihou.face.pages import PageRequest, page
from qihou.face.tables import Column, Filter, Table
from qihou.face.words import ROLES
from qihou.record.api import organisations
from qihou.record.api import people as persons
from qihou.record.api.access import Act
from qihou.record.models import Feature, Organisation, Person, Role

NEEDS_ORGANISATION = {"department", "town"}
ELSEWHERE = gettext_lazy(
    "这个账号在其他区县也有角色或单位，一个区的管理员不能重设密码或停用；可以撤销它在本区的角色，其余请找系统管理员。"
)


def _valid(role: Role) -> bool:
    now = timezone.now()
    return (role.valid_from is None or role.valid_from <= now) and (role.valid_to is None or now < role.valid_to)


def _table(district: Feature) -> Table:
    def roles(person: Person) -> list[str]:
        return [str(ROLES[r.kind]) for r in person.roles.all() if r.district_id == district.pk and _valid(r)]

    def kinds(person: Person) -> list[str]:
        return [r.kind for r in person.roles.all() if r.district_id == district.pk and _valid(r)]

    def url(person: Person) -> str:
        return reverse("people-person", kwargs={"district_code": district.code, "uid": person.uid})

    return Table(
        name="people",
        title=_("账号"),
        file_name=_("账号"),
        sort="username",
        search_label=_("查找姓名或用户名"),
        columns=[
            Column("name", _("姓名"), url=url, heading=True),
            Column("username", _("用户名")),
            Column("organisation", _("单位"), value=lambda p: p.organisation.name if p.organisation else None),
            Column("roles", _("角色"), "people", value=roles),
            Column("state", _("状态"), "state", value=lambda p: "active" if p.is_active else "inactive"),
            Column("last_login", _("最近登录"), "date", value=lambda p: p.last_login),
        ],
        filters=[Filter("role", _("角色"), list(ROLES.items()), of=kinds)],
        empty_title=_("还没有账号"),
    )


@page("web/people.html", nav="people", act=Act.MANAGE_PEOPLE)
def people(request: PageRequest) -> dict[str, Any]:
    rows = list(persons.list_people(request.district).prefetch_related("roles"))
    return {"table": _table(request.district).bind(rows, request.GET)}


class NewPersonForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=120)
    username = forms.RegexField(
        r"^[\w.@-]+$",
        label=gettext_lazy("用户名"),
        max_length=80,
        help_text=gettext_lazy("登录时输入，建议用姓名拼音；字母、数字、点和横线。"),
    )
    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=list(ROLES.items()), initial="department")
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("单位"),
        required=False,
        help_text=gettext_lazy("部门经办和镇街经办只能看到并填报本单位的事项。"),
    )
    oidc_subject = forms.CharField(
        label=gettext_lazy("统一身份认证标识"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("由认证系统管理员提供；留空则只能用密码登录。"),
    )

    def __init__(self, district: Feature, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organisation"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = organisations.list_organisations(district, active_only=True)

    def clean_username(self) -> str:
        username = self.cleaned_data["username"]
        if Person.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("这个用户名已经有人用了。"))
        return username

    def clean_oidc_subject(self) -> str:
        subject = str(self.cleaned_data["oidc_subject"])
        if subject and Person.objects.filter(oidc_subject=subject).exists():
            raise ValidationError(_("这个标识已经关联了另一个账号。"))
        return subject

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("role") in NEEDS_ORGANISATION and not self.cleaned_data.get("organisation"):
            self.add_error("organisation", _("这个角色要说明属于哪个单位。"))
        return self.cleaned_data


@never_cache
@page("web/people_new.html", nav="people", act=Act.MANAGE_PEOPLE)
def new(request: PageRequest) -> dict[str, Any] | HttpResponse:
    form = NewPersonForm(request.district, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return {"form": form}
    data = form.cleaned_data
    # Who comes by single sign-on needs no password, and would be asked for it before anything else.
    password = None if settings.SSO_NAME and data["oidc_subject"] else persons.new_password()
    held_for = data["organisation"] if data["role"] in NEEDS_ORGANISATION | {"lead_bureau"} else None
    with transaction.atomic():
        person = persons.create_person(
            request.actor,
            request.district,
            username=data["username"],
            name=data["name"],
            organisation=data["organisation"],
            password=password,
            oidc_subject=data["oidc_subject"],
        )
        persons.grant_role(request.actor, request.district, person, data["role"], held_for)
    if password is None:
        messages.success(request, _("账号已建立，用%(sso)s登录，没有密码。") % {"sso": settings.SSO_NAME})
        address = {"district_code": request.district.code, "uid": person.uid}
        return HttpResponseRedirect(reverse("people-person", kwargs=address))
    return _show_password(request, person, password)


def _show_password(request: PageRequest, person: Person, password: str) -> HttpResponse:
    return render(request, "web/people_password.html", {"person": person, "password": password})


class RoleForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("角色"), choices=list(ROLES.items()))
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("单位"), required=False)

    def __init__(self, district: Feature, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organisation"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = organisations.list_organisations(district, active_only=True)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("kind") in NEEDS_ORGANISATION and not self.cleaned_data.get("organisation"):
            self.add_error("organisation", _("这个角色要说明属于哪个单位。"))
        return self.cleaned_data


@never_cache
@page("web/people_person.html", nav="people", act=Act.MANAGE_PEOPLE)
def person(request: PageRequest, uid: UUID) -> dict[str, Any] | HttpResponse:
    found = persons.list_people(request.district).filter(uid=uid).first()
    if found is None:
        raise Http404(str(uid))
    form = RoleForm(request.district)
    if request.method == "POST":
        wanted = request.POST.get("do", "")
        if wanted == "password":
            return _new_password(request, found)
        form = RoleForm(request.district, request.POST) if wanted == "grant" else form
        if _change(request, found, wanted, form):
            return HttpResponseRedirect(request.path)
    held = [r for r in found.roles.select_related("organisation").filter(district=request.district) if _valid(r)]
    shown = [{"uid": r.uid, "word": ROLES[r.kind], "organisation": r.organisation} for r in held]
    ours = persons.is_of_district_alone(request.district, found)
    return {"person": found, "roles": shown, "form": form, "ours": ours, "elsewhere": ELSEWHERE}


def _new_password(request: PageRequest, found: Person) -> HttpResponse:
    """A one-time password, shown once; a pause after wrong ones is over with it."""
    password = persons.new_password()
    try:
        with transaction.atomic():
            persons.set_password(request.actor, found, password, district=request.district)
            lift_pause(username=found.username)
    except persons.WorksElsewhere:
        messages.error(request, ELSEWHERE)
        return HttpResponseRedirect(request.path)
    return _show_password(request, found, password)


def _change(request: PageRequest, found: Person, wanted: str, form: RoleForm) -> bool:
    """Do what was asked; False when the form has to be shown again."""
    try:
        if wanted == "grant":
            if not form.is_valid():
                return False
            data = form.cleaned_data
            persons.grant_role(request.actor, request.district, found, data["kind"], data["organisation"])
        elif wanted == "revoke":
            role = Role.objects.get(uid=_uid(request.POST.get("role", "")), person=found, district=request.district)
            persons.revoke_role(request.actor, role)
        elif wanted in ("open", "close"):
            persons.set_active(request.actor, request.district, found, wanted == "open")
        else:
            return True
    except persons.WorksElsewhere:
        messages.error(request, ELSEWHERE)
        return True
    except persons.UnableToManagePeople:
        messages.error(request, _("不能这样改：全区至少要留一位能登录的管理员。请先指定另一位。"))
        return True
    messages.success(request, _("已更改，并记入操作日志。"))
    return True


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404(text) from None
