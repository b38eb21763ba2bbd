// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/clonecheck.h"

#include "app/core/outputfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kPathsAtOnce = 10'000;
constexpr int kMaxLines = 500; // of attributes, that are tried one by one

const QString kLeavesOut = QStringLiteral("export-ignore");

const QStringList kAsked{QStringLiteral("text"),
                         QStringLiteral("crlf"), // how "text" was called once
                         QStringLiteral("eol"),          QStringLiteral("ident"),
                         QStringLiteral("filter"),       QStringLiteral("working-tree-encoding"),
                         QStringLiteral("export-subst"), kLeavesOut};

struct Attribute {
    QByteArray path;
    QByteArray name;
    QByteArray value;
};

// Whether a clone could hold other bytes by it. "eol" and "crlf" count only where "text" is not said.
bool changesBytes(const Attribute &attribute, const QByteArray &text) {
    const QByteArray &value = attribute.value;
    if (attribute.name == "text")
        return value != "unset" && value != "unspecified";
    if (attribute.name == "eol")
        return text == "unspecified" && value != "unset" && value != "unspecified";
    if (attribute.name == "crlf")
        return text == "unspecified" && value != "unset" && value != "unspecified";
    if (attribute.name == "ident" || attribute.name == "export-subst" || attribute.name == "export-ignore")
        return value == "set";
    if (attribute.name == "filter")
        return value != "unset" && value != "unspecified" && value != "set";
    return value != "unspecified"; // working-tree-encoding
}

QList<Attribute> parse(const QByteArray &out) {
    const QList<QByteArray> parts = out.split('\0');
    QList<Attribute> attributes;
    for (qsizetype i = 0; i + 2 < parts.size(); i += 3)
        attributes.append({parts.at(i), parts.at(i + 1), parts.at(i + 2)});
    return attributes;
}

std::optional<Attribute> firstBad(const QList<Attribute> &attributes) {
    QByteArray text;
    for (const Attribute &attribute : attributes) {
        if (attribute.name == "text")
            text = attribute.value; // it is asked for first
        if (changesBytes(attribute, text))
            return attribute;
    }
    return {};
}

QStringList question(const QStringList &attributes) {
    return QStringList{QStringLiteral("check-attr"), QStringLiteral("--cached"), QStringLiteral("-z"),
                       QStringLiteral("--stdin")} +
           attributes;
}

// Which line of which file says it: the last one that does by itself, in the deepest file.
class Blame {
public:
    Blame(const GitProgram &tree, const GitProgram &plain, QString scratch)
        : m_tree(tree), m_plain(plain), m_scratch(std::move(scratch)) {}

    [[nodiscard]] QString of(const Attribute &bad) const {
        QByteArray folder = bad.path;
        const QByteArrayList macros = macroLines();
        if (folder.endsWith('/')) // a folder itself
            folder.chop(1);
        do {
            folder = folder.left(std::max<qsizetype>(folder.lastIndexOf('/'), 0));
            const QByteArray file = (folder.isEmpty() ? QByteArray() : folder + '/') + ".gitattributes";
            const QByteArrayList lines = staged(file);
            for (qsizetype i = lines.size(); i-- > 0 && lines.size() - i <= kMaxLines;) {
                const QByteArray line = lines.at(i).trimmed();
                if (line.isEmpty() || line.startsWith('#') || line.startsWith("[attr]"))
                    continue;
                if (says(macros, line, bad, folder.isEmpty() ? 0 : folder.size() + 1))
                    return QStringLiteral("line %1 of %2 (%3)")
                        .arg(i + 1)
                        .arg(QString::fromUtf8(file), QString::fromUtf8(line));
            }
        } while (!folder.isEmpty());
        return QStringLiteral("the repository's .gitattributes");
    }

private:
    [[nodiscard]] QByteArrayList staged(const QByteArray &file) const {
        const auto shown = m_tree.run({QStringLiteral("cat-file"), QStringLiteral("blob"),
                                       QStringLiteral(":") + QString::fromUtf8(file)});
        return shown && shown->ok() ? shown->out.split('\n') : QByteArrayList();
    }

    [[nodiscard]] QByteArrayList macroLines() const {
        QByteArrayList macros = staged(".gitattributes");
        macros.removeIf([](const QByteArray &line) { return !line.startsWith("[attr]"); });
        return macros;
    }

    [[nodiscard]] bool says(const QByteArrayList &macros, const QByteArray &line, const Attribute &bad,
                            qsizetype below) const {
        QFile file(m_scratch + QStringLiteral("/line"));
        if (!file.open(QIODevice::WriteOnly))
            return false;
        file.write(macros.join('\n') + '\n' + line + '\n');
        file.close();
        const auto answer =
            m_plain.with(QStringLiteral("GIT_INDEX_FILE"), m_scratch + QStringLiteral("/no-index"))
                .run(QStringList{QStringLiteral("-c"),
                                 QStringLiteral("core.attributesFile=") + file.fileName()} +
                         question({QString::fromLatin1(bad.name)}),
                     bad.path.mid(below) + '\0');
        const QList<Attribute> found = answer ? parse(answer->out) : QList<Attribute>();
        return !found.isEmpty() && found.constFirst().value == bad.value;
    }

    const GitProgram &m_tree;
    const GitProgram &m_plain;
    QString m_scratch;
};

// A repository that has no settings, attributes or hooks, of the same kind of ids.
Result<void, PublishFailure> makeScratch(const GitProgram &tree, const QString &scratch) {
    if (QFileInfo::exists(scratch + QStringLiteral("/HEAD")))
        return {};
    const auto format = tree.run({QStringLiteral("rev-parse"), QStringLiteral("--show-object-format")});
    if (!format)
        return failureOf(format.error());
    const auto made =
        tree.run({QStringLiteral("init"), QStringLiteral("--quiet"), QStringLiteral("--bare"),
                  QStringLiteral("--template="), QStringLiteral("--object-format=") + format->outText(),
                  QStringLiteral("--"), scratch});
    if (!made)
        return failureOf(made.error());
    if (!made->ok())
        return PublishFailure{PublishState::Failed, made->said};
    return {};
}

// With a slash at their end, as git names a folder to a pattern that is for folders alone.
QByteArrayList foldersOf(const QByteArrayList &paths) {
    QSet<QByteArray> folders;
    for (const QByteArray &path : paths) {
        for (qsizetype end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
            folders.insert(path.left(end + 1));
    }
    QByteArrayList sorted(folders.begin(), folders.end());
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

QString refusalOf(const Attribute &bad, const QString &line) {
    const QString path = QString::fromUtf8(bad.path);
    const QString plain = QString::fromLatin1(kPlainAttributes);
    if (QLatin1String(bad.name) == kLeavesOut)
        return QStringLiteral(
                   "An archive of the repository (git archive, a release's source) would leave %1 out: "
                   "%2 makes its %3 \"%4\". Nothing was published. Take that line away, or add "
                   "\"/%5 -%3\" after it, then push again.")
            .arg(path, line, kLeavesOut, QString::fromUtf8(bad.value),
                 path.endsWith(QLatin1Char('/')) ? path.chopped(1) : path);
    return QStringLiteral("A clone would hold other bytes of %1 than were judged: %2 makes its %3 \"%4\". "
                          "Nothing was published. Add the line \"* %5\" at the end of runs/.gitattributes, "
                          "take that line away if it lies deeper, then push again.")
        .arg(path, line, QString::fromUtf8(bad.name), QString::fromUtf8(bad.value), plain);
}

Result<void, PublishFailure> checkPaths(const GitProgram &tree, const GitProgram &plain,
                                        const QString &scratch, const QByteArrayList &paths,
                                        const QStringList &attributes) {
    for (qsizetype from = 0; from < paths.size(); from += kPathsAtOnce) {
        const auto answer = plain.run(question(attributes), paths.mid(from, kPathsAtOnce).join('\0') + '\0');
        if (!answer)
            return failureOf(answer.error());
        if (!answer->ok())
            return PublishFailure{PublishState::Failed, answer->said};
        if (const auto bad = firstBad(parse(answer->out)))
            return PublishFailure{
                PublishState::Failed, {}, refusalOf(*bad, Blame(tree, plain, scratch).of(*bad))};
    }
    return {};
}

} // namespace

Result<void> switchAttributesOff(const QString &tree) {
    return writeFile(tree + QStringLiteral("/.git/info/attributes"), "* " + kPlainAttributes + '\n',
                     {.makesFolder = true});
}

Result<void, PublishFailure> checkClone(const GitProgram &tree, const QString &scratch,
                                        const JudgedFiles &judged) {
    TRY(makeScratch(tree, scratch));
    const QString own = tree.folder() + QStringLiteral("/.git/");
    const GitProgram plain =
        tree.with(QStringLiteral("GIT_DIR"), scratch)
            .with(QStringLiteral("GIT_INDEX_FILE"), own + QStringLiteral("index"))
            .with(QStringLiteral("GIT_OBJECT_DIRECTORY"), own + QStringLiteral("objects"));
    QByteArrayList evidence = judged.keys();
    evidence.removeIf([](const QByteArray &path) { return !path.startsWith("runs/"); });
    TRY(checkPaths(tree, plain, scratch, evidence, kAsked));
    return checkPaths(tree, plain, scratch, foldersOf(evidence), {kLeavesOut});
}

} // namespace slipway
