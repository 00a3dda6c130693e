"""The joined stylesheet is its parts in order, and is made afresh when one of them changes."""

from django.conf import settings
from django.contrib.staticfiles import finders

from portal import stylesheet


def test_parts_are_joined_tokens_first_and_print_last(tmp_path):
    (tmp_path / "components").mkdir()
    for name in ("print", "layout", "components/b", "components/a", "base", "tokens"):
        (tmp_path / f"{name}.css").write_text(
            f"/* about\n {name} */\n.x {{\n    --name: {name};\n}}\n", encoding="utf-8"
        )
    (tmp_path / "desk.css").write_text(".desk {}", encoding="utf-8")
    joined = stylesheet.join(tmp_path)
    names = [line.split(": ")[1].rstrip(";") for line in joined.splitlines() if line.startswith("--name")]
    assert names == ["tokens", "base", "layout", "components/a", "components/b", "print"]
    assert "/*" not in joined
    assert "desk" not in joined


def test_the_finder_hands_out_the_present_parts():
    found = finders.find("css/site.css")
    with open(found, encoding="utf-8") as file:
        assert file.read() == stylesheet.join(settings.BASE_DIR / "static" / "css")
    assert finders.find("css/site.css", find_all=True)[-1] == found


def test_a_file_is_written_only_when_it_differs(tmp_path):
    target = tmp_path / "made" / "site.css"
    stylesheet.write_if_changed("a", target)
    before = target.stat().st_mtime_ns
    stylesheet.write_if_changed("a", target)
    assert target.stat().st_mtime_ns == before
    stylesheet.write_if_changed("b", target)
    assert target.read_text(encoding="utf-8") == "b"
    assert list(target.parent.iterdir()) == [target]


def test_no_part_refers_to_a_file_beside_it():
    joined = stylesheet.join(settings.BASE_DIR / "static" / "css")
    assert "url(" not in joined
    assert "@import" not in joined
