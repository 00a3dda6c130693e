"""An S3 server on loopback, and settings that name it."""

from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

import boto3
from moto.server import ThreadedMotoServer

from portal.settings.base import env
from portal.settings.object_storage import object_stores

PUBLIC, PRIVATE = "portal-public", "portal-private"
KEYS = {"S3_ACCESS_KEY": "tests", "S3_SECRET_KEY": "tests-only"}  # pragma: allowlist secret
BUCKETS = {"S3_PUBLIC_BUCKET": PUBLIC, "S3_PRIVATE_BUCKET": PRIVATE}


class Server:
    """May be stopped, as a store goes away while people work, and be there again at the same address."""

    def __init__(self):
        self._port, self.running = 0, False
        self.start()
        self.address = f"http://127.0.0.1:{self._port}"
        self.client = boto3.client(
            "s3",
            endpoint_url=self.address,
            region_name="us-east-1",
            aws_access_key_id=KEYS["S3_ACCESS_KEY"],
            aws_secret_access_key=KEYS["S3_SECRET_KEY"],
        )

    def start(self) -> None:
        if not self.running:
            self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=self._port, verbose=False)
            self._server.start()
            _host, self._port = self._server.get_host_and_port()
            self.running = True

    def stop(self) -> None:
        if self.running:
            self._server.stop()
            self.running = False

    def begin(self) -> None:
        """Two empty buckets, whatever the test before has left."""
        self.start()
        urlopen(f"{self.address}/moto-api/reset", data=b"").close()  # noqa: S310
        for bucket in (PUBLIC, PRIVATE):
            self.client.create_bucket(Bucket=bucket)

    def names(self, bucket: str = PRIVATE) -> list[str]:
        return [one["Key"] for one in self.client.list_objects_v2(Bucket=bucket).get("Contents", [])]

    def open_to_all(self, bucket: str) -> None:
        everybody = '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "%s"}]}'
        self.client.put_bucket_policy(Bucket=bucket, Policy=everybody % f"arn:aws:s3:::{bucket}/*")

    def answer_to_a_stranger(self, name: str, bucket: str = PRIVATE) -> int:
        try:
            with urlopen(f"{self.address}/{bucket}/{name}") as answer:  # noqa: S310
                return answer.status
        except HTTPError as refused:
            return refused.code


@contextmanager
def s3_server():
    server = Server()
    try:
        yield server
    finally:
        server.stop()


def stores_at(address: str, **more) -> dict:
    """What the settings make of an environment that names a store at this address."""
    with env_of({"S3_ENDPOINT_URL": address, **KEYS, **BUCKETS, **more}):
        return object_stores(env)


@contextmanager
def env_of(variables: dict):
    known = env.ENVIRON
    env.ENVIRON = variables
    try:
        yield
    finally:
        env.ENVIRON = known
