// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/seriesplancheck.h"

#include "app/session/launchrequest.h"

namespace slipway {

namespace {

// Errors of settings begin with their option; a field is named without its dashes.
Error ofSettings(const Error &error) {
    return {ErrorCode::InvalidInput,
            error.text.startsWith(QLatin1String("--")) ? error.text.mid(2) : error.text};
}

} // namespace

Result<void> checkSeriesPlan(const SeriesDefinition &definition) {
    LaunchChoice choice;
    choice.protocol = definition.plan.protocolFile;
    const auto programs = readPrograms(choice);
    if (!programs)
        return Error{ErrorCode::InvalidInput, QStringLiteral("protocol: ") + programs.error().text};
    const auto settings = parseSettings(definition.plan.settings);
    if (!settings)
        return ofSettings(settings.error());
    if (const auto parameters = resolveParameters(programs->protocol, {}, *settings); !parameters)
        return ofSettings(parameters.error());
    return {};
}

} // namespace slipway
