// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/evidencefile.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QList>
#include <QProcessEnvironment>
#include <QStringList>
#include <QTemporaryDir>

namespace slipway::test {

struct Answer {
    int code = -1; ///< -1: it did not end
    QByteArray out;
    QByteArray err;
};

/// slipwayctl with a data directory and a working directory of its own, as a script runs it.
class ShellProgram {
public:
    ShellProgram();

    [[nodiscard]] Answer run(const QStringList &words) const;
    /// Words that are separated by blanks.
    [[nodiscard]] Answer run(const char *words) const;
    /// A line of sh; "$CTL" is the program with its data directory.
    [[nodiscard]] Answer shell(const QString &line) const;
    [[nodiscard]] QJsonDocument json(const char *words) const;

    [[nodiscard]] QString dir() const { return m_dir.path(); }
    [[nodiscard]] QString data() const { return m_dir.filePath(QStringLiteral("data")); }
    [[nodiscard]] QString path(const QString &name) const { return m_dir.filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const; ///< below dir(), folders made
    [[nodiscard]] QByteArray read(const QString &name) const;
    void publish(const QString &folder, const QList<EvidenceFile> &files) const;
    void setEnvironment(const QString &name, const QString &value) { m_environment.insert(name, value); }

private:
    [[nodiscard]] Answer start(const QString &program, const QStringList &words) const;

    QTemporaryDir m_dir;
    QProcessEnvironment m_environment;
};

} // namespace slipway::test
