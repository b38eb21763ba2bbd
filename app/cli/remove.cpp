// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/session/campaignchanges.h"
#include "app/session/session.h"
#include "models/core/countof.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace slipway::cli {

ExitCode removeCampaigns(const Context &context, const QCommandLineParser &parser) {
    const QStringList ids = parser.positionalArguments();
    const bool undo = parser.isSet(QStringLiteral("undo"));
    return withSession(context, [=](Session &session) {
        session.changes().setRemoved(ids, !undo, [=](const Result<void> &done) {
            if (done)
                print(lineText(undo ? countOf(ids.size(), "campaign is", "campaigns are") +
                                          QStringLiteral(" back")
                                    : countOf(ids.size(), "campaign") +
                                          QStringLiteral(" removed; --undo brings them back")));
            exitWith(done ? ExitCode::Done : fail(done.error(), ExitCode::NotDone));
        });
    });
}

} // namespace slipway::cli
