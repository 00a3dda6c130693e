"""Somebody's browser over HTTP: cookies, the page she sees, and its forms with their hidden fields."""

import re
from html import unescape

import requests

_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_HIDDEN = re.compile(r'<input\b(?=[^>]*type="hidden")(?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]*)")[^>]*>')
PATIENCE = 60  # seconds


class Failed(Exception):
    """She came to a page that she should not have come to."""


class Visitor:
    def __init__(self, base: str, *, verify: bool | str = True):
        self.base, self.session = base, requests.Session()
        self.session.verify = verify
        self.session.trust_env = False  # neither a proxy nor certificates of this machine's own
        # A line for each request: which process answers, chance says.
        self.session.headers["Connection"] = "close"
        self.page: requests.Response | None = None

    @property
    def text(self) -> str:
        return unescape(self.page.text)

    @property
    def path(self) -> str:
        """Where she is, without what was asked."""
        return self.page.url.removeprefix(self.base).partition("?")[0]

    def get(self, path: str, *, status: int | None = 200) -> requests.Response:
        self.page = self.session.get(f"{self.base}{path}", timeout=PATIENCE)
        return self._expect(path, status)

    def post(self, path: str, *, files: dict | None = None, status: int | None = 200, **fields) -> requests.Response:
        """The form of the page she sees that goes to ``path``, its hidden fields filled; follows where it leads."""
        data, where = {**self._hidden(path), **fields}, {"Referer": self.page.url}
        self.page = self.session.post(f"{self.base}{path}", data=data, files=files, headers=where, timeout=PATIENCE)
        return self._expect(path, status)

    def _hidden(self, path: str) -> dict[str, str]:
        forms = [(head, body) for head, body in _FORM.findall(self.page.text) if "csrfmiddlewaretoken" in body]
        to_it = [body for head, body in forms if f'action="{path}"' in head]
        own = [body for head, body in forms if "action=" not in head]
        if not (chosen := [*to_it, *own, *(body for _head, body in forms)]):
            raise Failed(f"{self.path} has no form")
        return {name: unescape(value) for name, value in _HIDDEN.findall(chosen[0])}

    def _expect(self, path: str, status: int | None) -> requests.Response:
        if status is not None and self.page.status_code != status:
            raise Failed(f"{path} answered {self.page.status_code}, not {status}")
        return self.page

    def stands_at(self, pattern: str) -> re.Match:
        found = re.search(pattern, self.path)
        if found is None:
            said = " ".join(re.findall(r'class="[^"]*error[^"]*"[^>]*>\s*([^<]{2,120})', self.text)[:3])
            raise Failed(f"is at {self.path} instead of {pattern} {said}")
        return found

    def sees(self, pattern: str) -> re.Match:
        found = re.search(pattern, self.text)
        if found is None:
            raise Failed(f"{self.path} doesn't show {pattern}")
        return found
