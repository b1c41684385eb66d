from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from govkb.mkdocs_plugin.theme import list_without_hidden


def added(theme):
    config = MkDocsConfig()
    config.load_dict({"site_name": "Ours"})
    config.validate()
    config.theme = theme
    files = Files([])
    files.add_files_from_theme(theme.get_env(), config)
    return [(file.src_uri, file.abs_src_path) for file in files]


def theme_with_own(folder):
    """Material under a folder of the user's own."""
    for name in ("a/b/own.css", "assets/x.js", ".hidden/x.css", "a/.hidden/y.css", "a/.z.css"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    return Theme(name="material", custom_dir=str(folder))


def test_mkdocs_finds_the_same_files(tmp_path):
    theme = theme_with_own(tmp_path)
    before = added(theme)
    list_without_hidden(theme)
    assert added(theme) == before
    assert ("a/b/own.css", str(tmp_path / "a/b/own.css")) in before


def test_nothing_hidden_is_looked_at_and_all_can_be_had(tmp_path):
    theme = theme_with_own(tmp_path)
    list_without_hidden(theme)
    environment = theme.get_env()
    listed = environment.list_templates()
    assert len(listed) < 1000
    assert not any(part.startswith(".") for name in listed for part in name.split("/"))
    assert "<svg" in environment.get_template(".icons/material/alert.svg").render()
