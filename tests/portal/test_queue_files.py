"""Background work without a broker: a worker never meets half a message, and one that is damaged stops nobody."""

from queue import Empty
from threading import Event, Thread

import pytest
from kombu import Connection

from portal import queue_files
from portal.celery import app


@pytest.fixture
def channel(tmp_path):
    folders = ("data_folder_in", "data_folder_out", "control_folder", "processed_folder")
    places = {name: str(tmp_path / name.removesuffix("_in").removesuffix("_out")) for name in folders}
    for place in places.values():
        (tmp_path / place).mkdir(exist_ok=True)
    with Connection("filesystem://", transport_options=places | {"store_processed": True}) as connection:
        yield connection.channel()


def test_the_queue_in_files_is_ours():
    assert app.conf.broker_url
    assert Connection("filesystem://").transport_cls == "filesystem"
    assert isinstance(Connection("filesystem://").transport, queue_files.Transport)


def test_what_is_put_is_got_once_in_order(channel):
    for number in range(3):
        channel._put("bulk", {"number": number})
    channel._put("interactive", {"number": 9})
    assert [channel._get("bulk")["number"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("bulk")
    assert channel._get("interactive") == {"number": 9}


def test_a_damaged_message_is_left_out_and_the_next_one_got(channel, tmp_path):
    (tmp_path / "data_folder" / "0_x.bulk.msg").write_bytes(b"")
    channel._put("bulk", {"number": 1})
    with pytest.raises(Empty):
        channel._get("bulk")
    assert channel._get("bulk") == {"number": 1}


def test_while_messages_are_put_none_is_met_half_written(channel):
    done, got, large = Event(), [], "体" * 20_000

    def write():
        for number in range(200):
            channel._put("bulk", {"number": number, "text": large})
        done.set()

    writer = Thread(target=write)
    writer.start()
    while len(got) < 200:
        try:
            message = channel._get("bulk")
        except Empty:
            if done.is_set() and len(got) == 200:
                break
            continue
        assert message["text"] == large
        got.append(message["number"])
    writer.join()
    assert sorted(got) == list(range(200))
