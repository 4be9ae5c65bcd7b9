"""Letters go out once each, whatever the mail service does; what nobody can know a person is asked."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from forms import Dispatch, Stage
from hongtou.mail.code import VARIABLE
from hongtou.root import root
from ledger import Outbox, open_ledger
from tests.hongtou.mailservers import ACCOUNT, CODE, PostOffice, Proxy, smtp_server
from tests.hongtou.mailwork import REACHABLE, UNITS, change, make_work

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.usefixtures("trusted"),
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),  # all of it is TLS
]


@pytest.fixture
def office() -> PostOffice:
    """Return what the mail service does."""
    return PostOffice()


@pytest.fixture
def port(office: PostOffice, pem: Path) -> Iterator[int]:
    """Run the mail service."""
    with smtp_server(office, pem) as found:
        yield found


@pytest.fixture
def work(tmp_path: Path, port: int) -> Path:
    """Return a work with a mailbox at the mail service."""
    return make_work(tmp_path / "活力团建", smtp=port)


def _all(work: Path) -> tuple[Dispatch, ...]:
    with open_ledger(work) as ledger:
        return Outbox(ledger).dispatches()


def _stages(work: Path) -> dict[str, Stage]:
    return {one.message.unit: one.stage for one in _all(work)}


def test_drafts_are_messages_that_every_program_opens(run: Run, work: Path) -> None:
    """One for each unit, with notice and blank, names in both spellings, the same bytes each time."""
    result = run("mail", "draft", "--work", work)
    assert result.exit_code == 0
    assert "没有邮箱 郾城区团委：草稿里没有收件人" in result.stderr
    drafts = sorted((work / "产出" / "待发邮件").iterdir())
    assert [path.name for path in drafts] == sorted(f"{unit[0]}（2020-12）.eml" for unit in UNITS)
    before = {path: path.read_bytes() for path in drafts}
    assert run("mail", "draft", "--work", work).exit_code == 0
    assert before == {path: path.read_bytes() for path in drafts}
    data = next(data for path, data in before.items() if path.name.startswith("源汇"))
    message = message_from_bytes(data, policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert [address.addr_spec for address in message["To"].addresses] == [
        "yuanhui@example.org",
        "yuanhui2@example.org",
    ]
    assert str(message["From"]).endswith("<tuanwei@example.org>")
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == ["印发通知.docx", "团干部走基层情况报告单（2020年12月）.docx"]
    head = data.split(b"PK", 1)[0].decode("ascii")
    assert "filename*" in head  # RFC 2231
    assert ' name="=?utf-8?' in head  # RFC 2047, for older programs
    assert max(map(len, data.splitlines())) <= 100
    assert message.get_body().get_content().startswith("源汇区团委：\r\n\r\n现发去下列通知") or (
        message.get_body().get_content().startswith("源汇区团委：\n\n现发去下列通知")
    )


def test_each_unit_gets_its_letter_once(run: Run, work: Path, office: PostOffice) -> None:
    """A second run sends nothing; a unit without an address is named."""
    result = run("mail", "send", "--work", work)
    assert result.exit_code == 0, result.output
    assert "未发 郾城区团委：名册里没有邮箱，没有发。请在名册的“邮箱”一列填上" in result.stderr
    assert f"共 {REACHABLE} 封：已发 {REACHABLE}" in result.stderr
    assert [to for to, _ in office.taken] == [
        ("zuzhi@example.org",),
        ("yuanhui@example.org", "yuanhui2@example.org"),
        ("zhaoling@example.org",),
    ]
    again = run("mail", "send", "--work", work)
    assert f"{REACHABLE} 封早已发过，没有再发" in again.stderr
    assert "没有要发的" in again.stderr
    assert len(office.taken) == REACHABLE
    assert len(set(office.keys())) == REACHABLE
    listed = json.loads(run("mail", "list", "--json", "--work", work).stdout)
    assert [one["stage"] for one in listed] == ["已发"] * REACHABLE
    assert run("verify", "--work", work).stderr.endswith("没有发现问题\n")


def test_refused_recipients_are_seen_one_by_one(run: Run, work: Path, office: PostOffice) -> None:
    """One of two addresses: sent to the other and told; the only one: refused, and sent once it is mended."""
    office.refused = {
        "yuanhui2@example.org": "550 User not found",
        "zhaoling@example.org": "550 Mailbox not found",
        "zuzhi@example.org": "450 Try later",
    }
    result = run("mail", "send", "--strict", "--work", work)
    assert result.exit_code == 1
    found = {one.message.unit: one for one in _all(work)}
    assert found["源汇区团委"].stage is Stage.SENT
    assert found["源汇区团委"].failed == (("yuanhui2@example.org", "550 User not found"),)
    assert found["召陵区团委"].stage is Stage.REFUSED
    assert found["组织部"].stage is Stage.WAITING
    assert (
        "被拒 召陵区团委（第3封）：收件地址都被拒绝；zhaoling@example.org 550 Mailbox not found"
        in result.stderr
    )
    change(work, "召陵区团委", "shaoling@example.org")
    office.refused = {}
    run("mail", "send", "--work", work)
    assert _stages(work)["召陵区团委"] is Stage.SENT
    assert _stages(work)["组织部"] is Stage.SENT
    assert sorted(to for to, _ in office.taken) == [
        ("shaoling@example.org",),
        ("yuanhui@example.org",),
        ("zuzhi@example.org",),
    ]
    assert run("mail", "answer", 2, "重发", "--work", work).exit_code == 0
    assert office.taken[-1][0] == ("yuanhui2@example.org",)
    assert not any(one.needs_person for one in _all(work))
    assert "3 封早已发过" in run("mail", "send", "--work", work).stderr


def test_a_text_that_is_refused_is_known_to_be_refused(run: Run, work: Path, office: PostOffice) -> None:
    """As 163 does with what it takes for spam; the service's own words are told."""
    office.text_reply = "554 DT:SPM 163 smtp"
    result = run("mail", "send", "--work", work)
    assert set(_stages(work).values()) == {Stage.REFUSED}
    assert "554 DT:SPM 163 smtp" in result.stderr
    office.text_reply = ""
    assert "被拒：554 DT:SPM" in run("mail", "send", "--work", work).stderr
    assert office.taken == []


def test_a_line_that_drops_before_the_text_is_made_again(run: Run, work: Path, office: PostOffice) -> None:
    """Nothing was said yet, so nothing is in doubt."""
    office.hang_up = "before"
    assert run("mail", "send", "--work", work).exit_code == 0
    assert set(_stages(work).values()) == {Stage.SENT}
    assert Counter(office.keys()).most_common(1)[0][1] == 1
    assert office.sessions == 2


def test_a_line_that_drops_after_the_text_leaves_a_question(run: Run, work: Path, office: PostOffice) -> None:
    """Taken, but never said so: 待核实, not sent again by itself, settled by a person's word."""
    office.hang_up = "after"
    result = run("mail", "send", "--work", work)
    assert set(_stages(work).values()) == {Stage.UNCERTAIN}
    assert "待核实 组织部（第1封）：正文发出时连接断了" in result.stderr
    assert "hongtou mail answer 1 已发" in result.stderr
    office.hang_up = ""
    run("mail", "send", "--work", work)
    assert len(office.taken) == REACHABLE
    assert "待核实 3" in run("status", "--work", work).stderr
    assert run("mail", "answer", 1, "已发", "--work", work).exit_code == 0
    assert run("mail", "answer", 2, "重发", "--work", work).exit_code == 0
    assert _stages(work) == {"组织部": Stage.SENT, "源汇区团委": Stage.SENT, "召陵区团委": Stage.UNCERTAIN}
    assert Counter(office.keys()) == dict(zip(office.keys()[:3], (1, 2, 1), strict=True))
    wrong = run("mail", "answer", 1, "已发", "--work", work)
    assert (wrong.exit_code, wrong.stderr) == (2, "错误：第1封是“已发”，没有要核实的，不用回答\n")


def test_a_cut_in_the_middle_of_the_text_leaves_a_question(
    run: Run, tmp_path: Path, port: int, office: PostOffice
) -> None:
    """The service got half of it and delivers nothing; we cannot know that."""
    proxy = Proxy(port, up=[12_000])
    work = make_work(tmp_path / "半路", smtp=proxy.port)
    run("mail", "send", "--work", work)
    assert list(_stages(work).values()) == [Stage.UNCERTAIN, Stage.SENT, Stage.SENT]
    assert len(office.taken) == REACHABLE - 1
    proxy.close()


def test_a_wrong_code_and_a_dead_service_are_told(
    run: Run, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 3, the way out named, the code not shown, and every letter waiting."""
    monkeypatch.setenv(VARIABLE, "wrong-secret")
    result = run("mail", "send", "--work", work)
    assert result.exit_code == 3
    assert "不认 tuanwei@example.org 的授权码" in result.stderr
    assert "wrong-secret" not in result.output
    assert set(_stages(work).values()) == {Stage.WAITING}
    dead = make_work(tmp_path / "没有", smtp=1)
    result = run("mail", "send", "--work", dead)
    assert result.exit_code == 3
    assert "连不上发信服务器 localhost:1" in result.stderr
    assert set(_stages(dead).values()) == {Stage.WAITING}


def test_a_server_that_nobody_vouches_for_gets_no_code(
    run: Run, work: Path, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificate is checked before anything is said."""
    monkeypatch.delenv("SSL_CERT_FILE")
    result = run("mail", "send", "--work", work)
    assert result.exit_code == 3
    assert "服务器的证书不可信" in result.stderr
    assert office.sessions == 0


def test_other_content_is_held_back_unless_asked_for(run: Run, work: Path, office: PostOffice) -> None:
    """A notice made anew does not go out to everybody by accident."""
    run("mail", "send", "--work", work)
    (work / "正文" / "通知.md").write_text("改过的正文。\n", encoding="utf-8")
    assert "比 work.yaml 或正文旧" in run("mail", "send", "--work", work).stderr
    run("notice", "--work", work)
    result = run("mail", "send", "--work", work)
    assert "未发 组织部：已发过内容不同的一封，没有再发；确实要发请加 --changed（第1封）" in result.stderr
    assert len(office.taken) == REACHABLE
    run("mail", "send", "--changed", "--work", work)
    assert len(office.taken) == 2 * REACHABLE
    assert len(set(office.keys())) == 2 * REACHABLE


def test_what_waits_with_old_content_gives_way(
    run: Run, work: Path, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letters that never went are replaced by those of today, not sent beside them."""
    with monkeypatch.context() as wrong:
        wrong.setenv(VARIABLE, "wrong")
        run("mail", "send", "--work", work)
    (work / "正文" / "通知.md").write_text("改过的正文。\n", encoding="utf-8")
    run("notice", "--work", work)
    run("mail", "send", "--work", work)
    assert len(office.taken) == REACHABLE
    assert Counter(one.stage for one in _all(work)) == {Stage.DROPPED: 3, Stage.SENT: 3}


def test_only_the_blanks_of_a_later_period(run: Run, work: Path, office: PostOffice) -> None:
    """Without the notice, which was sent long ago; another period is another occasion."""
    run("mail", "send", "--work", work, "--period", "2020-07")
    run("mail", "send", "--work", work, "--period", "2020-08", "--no-notice")
    assert len(office.taken) == 2 * REACHABLE
    last = office.taken[-1][1]
    assert str(last["Subject"]).endswith("：2020年8月报送表")
    assert [part.get_filename() for part in last.iter_attachments()] == [
        "团干部走基层情况报告单（2020年8月）.docx"
    ]


def test_reminders_go_to_those_who_have_not_reported(run: Run, work: Path, office: PostOffice) -> None:
    """What is missing, since when, with notice and blanks; once a day."""
    result = run("remind", "--send", "--work", work, "--period", "2020-07")
    assert result.exit_code == 0
    assert len(office.taken) == REACHABLE
    message = office.taken[0][1]
    assert str(message["Subject"]).startswith("催报：")
    text = message.get_body().get_content()
    assert "《团干部走基层情况报告单》2020年7月，2020年7月28日前报送，已逾期" in text
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names[0].startswith("催办通知（")
    assert names[1:] == ["团干部走基层情况报告单（2020年7月）.docx"]
    again = run("remind", "--send", "--work", work)
    assert "今天已经催过" in again.stderr
    assert len(office.taken) == REACHABLE
    drafts = run("remind", "--work", work, "--on", "2020-08-15")
    assert drafts.exit_code == 0
    assert sorted(path.name for path in (work / "产出" / "催报").glob("*.eml")) == sorted(
        f"{unit[0]}（2020-08-15）.eml" for unit in UNITS
    )
    assert "共 4 封" in drafts.stderr
    assert run("remind", "--send", "--on", "2020-08-15", "--work", work).exit_code == 2


def test_no_mailbox_and_no_code_are_told(run: Run, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status 2 with the way to mend it; nothing is queued."""
    import keyring
    from keyring.backends.fail import Keyring

    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(keyring, "get_password", Keyring().get_password)
    monkeypatch.setattr(keyring, "set_password", Keyring().set_password)
    result = run("mail", "send", "--work", work)
    assert result.exit_code == 2
    assert "没有 tuanwei@example.org 的授权码。请执行 hongtou mail code" in result.stderr
    assert _all(work) == ()
    text = (work / "work.yaml").read_text(encoding="utf-8")
    (work / "work.yaml").write_text(text.partition("\n邮箱:")[0], encoding="utf-8")
    result = run("mail", "send", "--work", work)
    assert (result.exit_code, "work.yaml 里没有“邮箱”这一项" in result.stderr) == (2, True)


@pytest.mark.parametrize("key", ["授权码", "密码", "password", "SMTP密码"])
def test_a_code_in_the_work_file_is_refused(run: Run, work: Path, key: str) -> None:
    """With its line, and where it belongs."""
    path = work / "work.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"  {key}: abcdefgh\n", encoding="utf-8")
    result = run("mail", "send", "--work", work)
    assert result.exit_code == 2
    line = len(path.read_text(encoding="utf-8").splitlines())
    assert f"work.yaml 第{line}行“{key}”：授权码、密码不能写在这里" in result.stderr
    assert "HONGTOU_MAIL_CODE" in result.stderr
    assert "abcdefgh" not in result.output


def test_a_code_is_kept_in_the_safe_of_the_system(
    run: Run, work: Path, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for without showing it, and used when the environment has none; a machine without a safe is told of."""
    import keyring
    from keyring.backends.fail import Keyring

    safe: dict[tuple[str, str], str] = {}
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(keyring, "get_password", lambda *place: safe.get(place))
    monkeypatch.setattr(
        keyring, "set_password", lambda service, account, code: safe.update({(service, account): code})
    )
    result = CliRunner().invoke(root, ["mail", "code", "--work", str(work)], input=f"{CODE}\n")
    assert result.exit_code == 0
    assert CODE not in result.output
    assert safe == {("hongtou", ACCOUNT): CODE}
    assert run("mail", "send", "--work", work).exit_code == 0
    assert len(office.taken) == REACHABLE
    monkeypatch.setattr(keyring, "set_password", Keyring().set_password)
    result = CliRunner().invoke(root, ["mail", "code", "--work", str(work)], input="x\n")
    assert (result.exit_code, "这台电脑没有可用的密码库" in result.stderr) == (2, True)


def test_starttls_is_begun_before_the_code_is_told(run: Run, tmp_path: Path, pem: Path) -> None:
    """The other of the two ways to keep a line secret."""
    office = PostOffice()
    with smtp_server(office, pem, starttls=True) as port:
        work = make_work(tmp_path / "换", smtp=port)
        path = work / "work.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "  加密: STARTTLS\n", encoding="utf-8")
        assert run("mail", "send", "--work", work).exit_code == 0
    assert len(office.taken) == REACHABLE


class _StopError(BaseException):
    """Stands for a power cut."""


def test_a_stop_at_any_statement_sends_nothing_twice(
    run: Run, tmp_path: Path, port: int, office: PostOffice
) -> None:
    """Each statement to the ledger in turn is the one that is never reached; the next runs finish the work."""
    countdown = [0]

    def count(*_: object) -> None:
        countdown[0] -= 1
        if countdown[0] == 0:
            raise _StopError

    stopped = 0
    questions = 0
    finished = False
    while not finished:
        stopped += 1
        folder = make_work(tmp_path / f"第{stopped}", smtp=port)
        change(folder, "源汇区团委", "")
        change(folder, "召陵区团委", "")
        run("notice", "--work", folder)
        open_ledger(folder).close()
        office.taken.clear()
        countdown[0] = stopped
        sa.event.listen(sa.Engine, "before_cursor_execute", count)
        try:
            run("mail", "send", "--work", folder)
            finished = True
        except _StopError:
            countdown[0] = -1
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", count)
        run("mail", "send", "--work", folder)
        (one,) = _all(folder)
        assert len(office.taken) <= 1
        assert one.stage in (Stage.SENT, Stage.UNCERTAIN)
        assert one.stage is Stage.UNCERTAIN or len(office.taken) == 1
        questions += one.stage is Stage.UNCERTAIN
    assert stopped > 15
    assert 1 <= questions < stopped / 2


def test_a_sender_that_is_killed_sends_nothing_twice(
    run: Run, work: Path, office: PostOffice, tmp_path: Path
) -> None:
    """Kill -9 at random moments, over and over: each letter went once, or a person is asked about it."""
    office.delay = 0.1
    chance = random.Random(5)  # noqa: S311 - moments, not secrets
    command = [sys.executable, "-m", "hongtou", "mail", "send", "--work", str(work)]
    for period in ("2020-07", "2020-08"):
        for _ in range(5):
            known = office.sessions
            process = subprocess.Popen(  # noqa: S603 - our own command
                [*command, "--period", period], cwd=ROOT, stderr=subprocess.DEVNULL
            )
            while office.sessions == known and process.poll() is None:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.9))
            process.kill()
            process.wait()
    assert len(_all(work)) == 2 * REACHABLE
    for period in ("2020-07", "2020-08"):
        subprocess.run([*command, "--period", period], cwd=ROOT, check=True)  # noqa: S603 - our own command
    count = Counter(office.keys())
    for one in _all(work):
        assert one.stage in (Stage.SENT, Stage.UNCERTAIN)
        assert count[one.message.key] == 1 or (one.stage is Stage.UNCERTAIN and not count[one.message.key])
    assert set(count.values()) == {1}
