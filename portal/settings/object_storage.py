"""Where files lie: below VAR_DIR, or in two buckets of an S3-compatible store once the environment names one."""

from django.core.exceptions import ImproperlyConfigured

_NEEDED = ("S3_ACCESS_KEY", "S3_SECRET_KEY", "S3_PUBLIC_BUCKET", "S3_PRIVATE_BUCKET")


def object_stores(env) -> dict[str, dict]:
    """The storages "default" and "private" in buckets; empty where no variable names a store.

    Half of the settings is refused: files would go to a place that nobody meant. So is one bucket for both, as what
    makes pictures readable there would make papers so.
    """
    given = {
        "S3_ENDPOINT_URL": env.str("S3_ENDPOINT_URL", default=""),
        "S3_REGION": env.str("S3_REGION", default=""),
        "S3_ACCESS_KEY": env.str("S3_ACCESS_KEY", default=""),
        "S3_SECRET_KEY": env.str("S3_SECRET_KEY", default=""),
        "S3_PUBLIC_BUCKET": env.str("S3_PUBLIC_BUCKET", default=""),
        "S3_PRIVATE_BUCKET": env.str("S3_PRIVATE_BUCKET", default=""),
        "S3_PUBLIC_URL": env.str("S3_PUBLIC_URL", default=""),
    }
    if not any(given.values()):
        return {}
    missing = [name for name in _NEEDED if not given[name]]
    if not (given["S3_ENDPOINT_URL"] or given["S3_REGION"]):
        missing.append("S3_ENDPOINT_URL or S3_REGION")
    if missing:
        raise ImproperlyConfigured(f"Files in an object store need {', '.join(missing)} as well: see .env.example.")
    if given["S3_PUBLIC_BUCKET"] == given["S3_PRIVATE_BUCKET"]:
        raise ImproperlyConfigured("S3_PUBLIC_BUCKET and S3_PRIVATE_BUCKET must be two buckets: see .env.example.")
    return {
        "default": {
            "BACKEND": "portal.object_storage.PublicObjects",
            "OPTIONS": _options(given, given["S3_PUBLIC_BUCKET"], cached="public, max-age=604800"),
        },
        "private": {
            "BACKEND": "portal.object_storage.PrivateObjects",
            "OPTIONS": _options(given, given["S3_PRIVATE_BUCKET"], cached="private, no-store"),
        },
    }


def _options(given: dict[str, str], bucket: str, *, cached: str) -> dict:
    from boto3.s3.transfer import TransferConfig  # a third of a second, and only where there is a store
    from botocore.config import Config

    return {
        "access_key": given["S3_ACCESS_KEY"],
        "secret_key": given["S3_SECRET_KEY"],
        "bucket_name": bucket,
        "endpoint_url": given["S3_ENDPOINT_URL"] or None,
        "region_name": given["S3_REGION"] or "us-east-1",  # what stores of one's own call the only one they have
        "default_acl": None,  # the bucket says who reads it; many stores know no other way
        "file_overwrite": False,
        "object_parameters": {"CacheControl": cached},
        "max_memory_size": 4 * 1024 * 1024,
        "transfer_config": TransferConfig(use_threads=False),
        "client_config": Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if given["S3_ENDPOINT_URL"] else "auto"},
            connect_timeout=2,  # seconds; a page says then that files can't be reached
            read_timeout=20,
            retries={"mode": "standard", "total_max_attempts": 2},
            # Checksums of a newer kind than many compatible stores understand are sent only where they must be.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    }
