#!/usr/bin/env bash
# Makes a small repository and tries, one after the other, to lose what was learned in it.
# Each attempt is shown with what `govkb check --base main` says, and must end with 1.
#
#     bash docs/demonstrations/attacks.sh
#
# Nothing outside of a temporary folder is touched.

set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export GIT_AUTHOR_NAME=DJ GIT_AUTHOR_EMAIL=dj@example.org
export GIT_COMMITTER_NAME=DJ GIT_COMMITTER_EMAIL=dj@example.org
export GOVKB_CACHE_DIR=

git init --quiet --initial-branch=main
govkb new incident "Zero backups for 74 days" --date 2026-04-18 > /dev/null
govkb learn INC-20260418-A "A green job is no proof of a backup." --date 2026-04-18 > /dev/null
govkb learn INC-20260418-A "A restore is the only proof." --date 2026-04-19 > /dev/null
govkb learn INC-20260418-A "An alarm belongs on what is missing." --date 2026-04-21 > /dev/null
git add --all
git commit --quiet --message "What was learned"
git switch --quiet --create attack
record=$(echo records/incidents/*.md)
ledger=records/.govkb/ledger/INC-20260418-A.ledger
name=$(sed -n 's/^add \(........\).*/L-\1/p' "$ledger" | head -1)
failed=0

# attempt "what is tried" COMMAND...: runs the command on a clean copy, then the check.
attempt() {
  local title=$1 status=0
  shift
  printf '\n== %s\n' "$title"
  "$@"
  govkb check --base main || status=$?
  if [ "$status" -ne 1 ]; then
    echo "THIS PASSED (exit code $status)"
    failed=1
  fi
  git reset --quiet --hard main
  git clean --quiet --force -d
}

edit() { sed -i 's/no proof of/some proof of/' "$record"; }
drop() { sed -i '/only proof/d' "$record"; }
swap() { sed -i -e '/only proof/{h;d}' -e '/An alarm/G' "$record"; }
insert() { sed -i '/only proof/i - 2026-04-18: Somebody else knew it first.' "$record"; }
fence() { sed -i -e '/only proof/i \\n```' -e '/only proof/a ```\n' "$record"; }
comment() { sed -i -e '/only proof/i \\n<!--' -e '/only proof/a -->\n' "$record"; }
look_alike() { sed -i 's/green job/gr\xd0\xb5en job/' "$record"; }
invisible() { sed -i 's/green job/green\xe2\x80\x8b job/' "$record"; }
remove() { rm "$record"; }
remove_both() { rm "$record" "$ledger"; }
reseal() {
  edit
  rm "$ledger"
  git commit --quiet --all --message "Tidy up"
  govkb seal > /dev/null
}
rewrite_history() {
  edit
  rm "$ledger"
  git checkout --quiet --orphan rewritten
  govkb seal > /dev/null
  git add --all
  git commit --quiet --message "A new beginning"
}
unredact() {
  govkb redact "$name" --reason "names a customer" --date 2026-04-22 > /dev/null 2>&1
  git commit --quiet --all --message "Redact"
  git branch --quiet --force main
  git checkout --quiet HEAD~1 -- "$record" "$ledger"
}
no_tombstone() {
  govkb redact "$name" --reason "names a customer" --date 2026-04-22 > /dev/null 2>&1
  sed -i '/\[redacted/d' "$record"
}
copy() {
  govkb new incident "Another one" --date 2026-04-20 > /dev/null
  echo "- A restore is the only proof, said somebody." >> records/incidents/INC-20260420-A-another-one.md
  sed -n 's/^- 2026-04-19/- 2026-04-19/p' "$record" >> records/incidents/INC-20260420-A-another-one.md
  govkb seal > /dev/null
}
loosen() {
  printf '[rules]\nignore = ["APP"]\n' > govkb.toml
  drop
}
loosen_type() {
  mkdir --parents templates/incident
  printf 'type: incident\nlabel: Incident\nplural: Incidents\npurpose: P.\n' > templates/incident/type.yaml
  printf 'id: "INC-{date:%%Y%%m%%d}-{letter}"\npath: "incidents/{id}-{slug}.md"\n' >> templates/incident/type.yaml
  printf 'extra_fields: allow\n' >> templates/incident/type.yaml
  drop
}
hide_from_review() {
  echo '*.ledger linguist-generated' > .gitattributes
  git add .gitattributes
}

attempt "One word is changed" edit
attempt "One entry is dropped" drop
attempt "Two entries change places" swap
attempt "An entry is put before older ones" insert
attempt "An entry is put into a code fence" fence
attempt "An entry is put into a comment" comment
attempt "A Cyrillic letter takes the place of a Latin one" look_alike
attempt "An invisible character is put in" invisible
attempt "The record is deleted" remove
attempt "The record and its ledger are deleted" remove_both
attempt "An entry is changed and sealed anew" reseal
attempt "A redaction is taken back" unredact
git branch --quiet --force main main~1
git reset --quiet --hard main
attempt "A tombstone is dropped" no_tombstone
attempt "An entry is copied into another record" copy
attempt "The settings switch the checks off" loosen
attempt "The type no longer keeps its learnings" loosen_type
attempt "The ledger is hidden from reviewers" hide_from_review
attempt "The whole history is rewritten" rewrite_history

printf '\n'
if [ "$failed" -ne 0 ]; then
  echo "some attempts passed"
  exit 1
fi
echo "every attempt was seen"
