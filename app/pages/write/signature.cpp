// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/signature.h"

#include "app/core/inputfile.h"
#include "app/core/outputfile.h"
#include "app/core/program.h"

#include <QFile>
#include <QTemporaryDir>

namespace slipway {

namespace {

const QString kNamespace = QStringLiteral("slipway-evidence");
constexpr int kWaitMs = 120'000; // a person may have to type a passphrase

struct Answer {
    bool good = false;
    QString text; ///< of both streams
};

Result<Answer> ask(const QStringList &arguments, const QByteArray &input) {
    ProgramCall call{QStringLiteral("ssh-keygen"), arguments, kWaitMs};
    call.input = input;
    const auto answer = runProgram(call);
    if (!answer)
        return answer.error();
    return Answer{answer->exitCode == 0, QString::fromUtf8(answer->out + answer->err).trimmed()};
}

Result<QString> writeAside(const QTemporaryDir &dir, const QByteArray &bytes) {
    QFile file(dir.filePath(QStringLiteral("signature")));
    if (!dir.isValid() || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() ||
        !file.flush())
        return unwritable(file);
    return file.fileName();
}

} // namespace

Result<QByteArray> signManifest(const QByteArray &manifest, const QString &keyFile) {
    // With no file to sign, ssh-keygen signs what it reads and writes the signature out.
    const auto answer = ask({QStringLiteral("-Y"), QStringLiteral("sign"), QStringLiteral("-q"),
                             QStringLiteral("-n"), kNamespace, QStringLiteral("-f"), keyFile},
                            manifest);
    if (!answer)
        return answer.error();
    const qsizetype begin = answer->text.indexOf(QLatin1String("-----BEGIN SSH SIGNATURE-----"));
    if (!answer->good || begin < 0)
        return Error{ErrorCode::CommandFailed,
                     QStringLiteral("The key %1 did not sign: %2").arg(keyFile, answer->text)};
    return answer->text.mid(begin).toUtf8() + '\n';
}

Result<SignatureCheck> checkSignature(const QByteArray &manifest, const QByteArray &signature,
                                      const QString &allowedSigners) {
    const QTemporaryDir dir;
    const auto file = writeAside(dir, signature);
    if (!file)
        return file.error();
    const QStringList common{QStringLiteral("-n"), kNamespace, QStringLiteral("-s"), *file};
    const auto whole =
        ask(QStringList{QStringLiteral("-Y"), QStringLiteral("check-novalidate")} + common, manifest);
    if (!whole)
        return whole.error();
    if (!whole->good)
        return Error{ErrorCode::Corrupt,
                     QStringLiteral("the signature is not one of this manifest: %1").arg(whole->text)};
    // Good "slipway-evidence" signature with ED25519 key SHA256:…
    SignatureCheck check;
    check.key = whole->text.section(QStringLiteral(" with "), 1);
    if (allowedSigners.isEmpty())
        return check;
    QFile signers(allowedSigners);
    TRY(openToRead(signers));
    const auto found = ask({QStringLiteral("-Y"), QStringLiteral("find-principals"), QStringLiteral("-s"),
                            *file, QStringLiteral("-f"), allowedSigners},
                           {});
    if (!found)
        return found.error();
    check.signer = found->text.section(QLatin1Char('\n'), 0, 0);
    if (!found->good || check.signer.isEmpty())
        return Error{ErrorCode::Corrupt, QStringLiteral("it is signed with the %1, which %2 does not name")
                                             .arg(check.key, allowedSigners)};
    const auto allowed = ask(QStringList{QStringLiteral("-Y"), QStringLiteral("verify"), QStringLiteral("-f"),
                                         allowedSigners, QStringLiteral("-I"), check.signer} +
                                 common,
                             manifest);
    if (!allowed)
        return allowed.error();
    if (!allowed->good)
        return Error{ErrorCode::Corrupt,
                     QStringLiteral("%1 may not sign this: %2").arg(check.signer, allowed->text)};
    return check;
}

Result<QString> fingerprintOf(const QString &keyFile) {
    const auto answer = ask({QStringLiteral("-l"), QStringLiteral("-f"), keyFile}, {});
    if (!answer)
        return answer.error();
    if (!answer->good)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 is not a key: %2").arg(keyFile, answer->text)};
    return answer->text.section(QLatin1Char(' '), 1, 1);
}

} // namespace slipway
