#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows that the lint checks turn red: on a bad file, and without their tool.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/tree/{.ci,app,models,packaging,resources,tests,ui} "$work/bin"
cp "$here/../../.clang-format" "$work/tree/"
printf '#!/usr/bin/env bash\necho clean\n' >"$work/tree/packaging/script"
printf 'int main() {\n    return 0;\n}\n' >"$work/tree/app/a.cpp"
for tool in bash env find grep; do
  ln -s "$(command -v "$tool")" "$work/bin/$tool"
done

expect() {
  local expected=$1 got=0
  shift
  "$@" >/dev/null 2>&1 || got=1
  if [ "$got" -ne "$expected" ]; then
    echo "expected exit $expected of: $*"
    exit 1
  fi
}

expect 0 bash "$here/shellcheck.sh" "$work/tree"
expect 0 bash "$here/clang_format.sh" "$work/tree"
expect 1 env PATH="$work/bin" bash "$here/shellcheck.sh" "$work/tree"
expect 1 env PATH="$work/bin" bash "$here/clang_format.sh" "$work/tree"
# shellcheck disable=SC2016 # the dollar belongs to the bad script
printf '#!/usr/bin/env bash\nrm -rf $1\n' >"$work/tree/packaging/script"
printf 'int main() { return  0; }\n' >"$work/tree/app/a.cpp"
expect 1 bash "$here/shellcheck.sh" "$work/tree"
expect 1 bash "$here/clang_format.sh" "$work/tree"
expect 0 bash "$here/terminal.sh" "$work/tree"
# shellcheck disable=SC2016 # code of C++
for line in 'std::fputs(text, stderr); // why' 'std::cout << text;' '(void)write(STDOUT_FILENO, text, 1);' \
  'qWarning("%s", text);' 'std::printf("%s", text);' 'return TerminalText::ofClean(text);' 'open("/dev/tty", 0);'; do
  printf '%s\n' "$line" >"$work/tree/app/a.cpp"
  expect 1 bash "$here/terminal.sh" "$work/tree"
done
printf 'void holds() {}\n' >"$work/tree/tests/tst_a.cpp"
echo 'Held by tst_a::holds.' >"$work/tree/SECURITY.md"
expect 0 bash "$here/security.sh" "$work/tree"
for text in 'tst_a::holdsNot' 'tst_b::holds' 'tst_a::holds, tests/browser/gone_test.py' 'nothing'; do
  echo "$text" >"$work/tree/SECURITY.md"
  expect 1 bash "$here/security.sh" "$work/tree"
done
expect 0 bash "$here/times.sh" "$work/tree"
for line in 'QDateTime::fromString(text, Qt::ISODate);' 'QTime::fromString(text);' \
  'QDateTime::fromMSecsSinceEpoch(1, Qt::UTC);' 'date.setTimeSpec(spec);'; do
  printf '%s\n' "$line" >"$work/tree/models/a.cpp"
  expect 1 bash "$here/times.sh" "$work/tree"
done
rm "$work"/tree/*/*.cpp
printf 'int Page::first() {\n    Panel::call();\n}\n' >"$work/tree/ui/a.cpp"
printf 'Page Panel::second(const Page::Place &place) {\n    Page::call();\n}\n' >"$work/tree/ui/b.cpp"
expect 0 python3 "$here/one_source.py" "$work/tree"
for member in 'Page::Page() : m_one(1) {' 'Page::~Page() = default;' 'Page::Place Page::second() const {' \
  'bool Page::operator==(const Page &other) const {' 'const int Page::kMax = 1;' 'std::optional<Page> *Page::all(int a) {'; do
  printf '%s\n' "$member" >"$work/tree/app/c.cpp"
  expect 1 python3 "$here/one_source.py" "$work/tree"
done
rm "$work"/tree/*/*.cpp
mkdir "$work/tree/tests/lint"
cp "$here/words.txt" "$work/tree/tests/lint/"
echo '# none' >"$work/tree/tests/lint/words_allowed.txt"
printf '// There\n// is no file; the answer is no: not beyond, no longer. NO EVIDENCE: it is NO EVIDENCE.\n' >"$work/tree/ui/a.cpp"
expect 0 python3 "$here/words.py" "$work/tree"
for line in '// What is wanted' 'bool isTold = false;' 'int m_wanted_ms;' 'void aFolderIsNoFile();' '"an archive "\n"is no file"' \
  '/// it gives\n/// back' 'constexpr int kMostLines = 1;' 'int kLinesAtMost;' '// This is no evidence.'; do
  printf '%b\n' "$line" >"$work/tree/ui/a.cpp"
  expect 1 python3 "$here/words.py" "$work/tree"
done
printf 'bool isTold;\n' >"$work/tree/ui/a.cpp"
for allowed in '1:0' '2:0' '0:1'; do
  printf 'ui/*.cpp\ttell\t%s\twhy\n' "${allowed%:*}" >"$work/tree/tests/lint/words_allowed.txt"
  expect "${allowed#*:}" python3 "$here/words.py" "$work/tree"
done
rm "$work/tree/ui/a.cpp"
expect 1 python3 "$here/words.py" "$work/tree" # an entry that allows nothing
