"""Secrets that the stock plugins of detect-secrets don't know: this product's own, and those of clouds in China."""

import re

from detect_secrets.plugins.base import RegexBasedDetector


class OwnKeysDetector(RegexBasedDetector):
    """32 bytes in base64 (FIELD_KEYS, INDEX_KEY), a SECRET_KEY with a value, keys of Aliyun and of Tencent Cloud."""

    secret_type = "Key of this product"  # noqa: S105 - the name of the finding
    denylist = [
        re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{43}=(?![A-Za-z0-9=])"),
        re.compile(r"""\bSECRET_KEY['"]?\s*[=:][^'"\n]*['"]?(?!\S*\()([^\s'"(){}$]{24,})"""),
        re.compile(r"""\bSECRET_KEY\b[^\n]*['"]([A-Za-z0-9_-]{40,})['"]"""),
        re.compile(r"\bLTAI[A-Za-z0-9]{12,26}\b"),
        re.compile(r"\bAKID[A-Za-z0-9]{32}\b"),
    ]
