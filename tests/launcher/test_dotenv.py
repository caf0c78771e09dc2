"""The .env of a checkout: read without overriding, written once."""

from pathlib import Path

from launcher import dotenv


def test_parse_reads_the_usual_forms() -> None:
    text = "\n".join(
        [
            "# a comment",
            "",
            "A=1",
            "export B = two words",
            "C='quoted # kept'",
            'D="x=y"',
            "E=1 # why",
        ]
    )
    assert dotenv.parse(text) == {
        "A": "1",
        "B": "two words",
        "C": "quoted # kept",
        "D": "x=y",
        "E": "1",
    }


def test_parse_ignores_lines_of_another_form() -> None:
    assert dotenv.parse("just words\n=value\n1X=2\nOK=\n") == {"OK": ""}


def test_load_never_overrides_the_environment(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=9000\nPORTAL_VAR=there\n")
    environment = {"PORT": "8001"}
    dotenv.load(file, environment)
    assert environment == {"PORT": "8001", "PORTAL_VAR": "there"}


def test_load_without_a_file_changes_nothing(tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    assert dotenv.load(tmp_path / ".env", environment) == {}
    assert environment == {}


def test_write_demo_leaves_an_existing_file_alone(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("DJANGO_SETTINGS_MODULE=portal.settings.base\n")
    assert not dotenv.write_demo(file, None)
    assert file.read_text() == "DJANGO_SETTINGS_MODULE=portal.settings.base\n"


def test_write_demo_can_be_read_back_with_a_space_in_the_folder(tmp_path: Path) -> None:
    file, var = tmp_path / ".env", tmp_path / "my data"
    assert dotenv.write_demo(file, var, 8100)
    assert dotenv.parse(file.read_text()) == {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "PORTAL_VAR": str(var),
        "PORT": "8100",
    }


def test_write_demo_follows_the_last_run(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    assert dotenv.write_demo(file, tmp_path / "elsewhere", 8100)
    assert dotenv.write_demo(file, None)
    assert dotenv.parse(file.read_text()) == {"DJANGO_SETTINGS_MODULE": "portal.settings.demo"}


def test_next_run_is_not_moved_by_what_the_last_one_left(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    dotenv.write_demo(file, tmp_path / "elsewhere", 8100)
    environment: dict[str, str] = {}
    dotenv.load_for_run(file, environment)
    assert environment == {}
    file.write_text("PORT=9000\n")  # somebody's own file does decide
    dotenv.load_for_run(file, environment)
    assert environment == {"PORT": "9000"}
