// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/secretscan.h"

#include "models/redaction/applymask.h"
#include "models/redaction/encodedtext.h"
#include "models/redaction/keyblocks.h"
#include "models/redaction/namedsecrets.h"
#include "models/redaction/pairedvalue.h"
#include "models/redaction/prefixless.h"
#include "models/redaction/tablesecrets.h"
#include "models/redaction/textencoding.h"
#include "models/redaction/tokenshapes.h"
#include "models/redaction/urlsecrets.h"
#include "models/redaction/valuetest.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr int kMaxLevels = 4;    // of escapes within escapes
constexpr int kMaxEncodings = 2; // of base64 or hexadecimal digits within each other

class Scan {
public:
    Scan(const ScanOptions &options, int depth, qsizetype size)
        : m_options(options), m_depth(depth), m_open(size) {}

    void run(const TextView &text) {
        std::optional<TextView> level;
        const TextView *view = &text;
        for (int i = 0; i < kMaxLevels; ++i) {
            look(*view);
            if (const auto seen = view->withoutUnseen())
                look(*seen);
            for (const TextView &one : spacedOutTexts(*view))
                look(one);
            auto next = view->decoded();
            if (!next)
                break;
            level = std::move(next);
            view = &*level;
        }
    }

    ScanResult result() {
        std::stable_sort(m_found.begin(), m_found.end(),
                         [](const FoundSecret &a, const FoundSecret &b) { return a.from < b.from; });
        FoundSecrets merged;
        for (const FoundSecret &one : m_found) {
            if (!merged.empty() && one.from < merged.back().to)
                join(merged.back(), one);
            else
                merged.push_back(one);
        }
        return {std::move(merged), m_open};
    }

private:
    // The kind is that of the longer one, and of two alike the first that was found.
    static void join(FoundSecret &into, const FoundSecret &other) {
        const bool isSame = into.from == other.from && into.to == other.to;
        if (isSame || (other.from >= into.from && other.to <= into.to))
            return;
        if (other.to - other.from > into.to - into.from)
            into.kind = other.kind;
        into.to = std::max(into.to, other.to);
        into.replacement.clear(); // what overlaps is masked by asterisks
        into.isNumber = false;
    }

    void look(const TextView &view) {
        FoundSecrets found;
        findKeyBlocks(view, found, m_open);
        findTokens(view, found);
        findBareCredentials(view, found);
        findUrlSecrets(view, found);
        findConnectionSecrets(view, found);
        findPrefixlessSecrets(view, found);
        findNamedSecrets(view, found);
        findValuesBeforeNames(view, found);
        findTableSecrets(view, found);
        findCommandSecrets(view, found);
        if (m_options.privateAddresses)
            findPrivateAddresses(view, found);
        if (m_depth < kMaxEncodings)
            findEncoded(
                view, [this](QByteArray &text) { return maskInner(text); }, found, m_open);
        for (const FoundSecret &one : found)
            add(view, one);
    }

    FoundSecrets maskInner(QByteArray &text) {
        Scan inner(m_options, m_depth + 1, text.size());
        const TextUnits units = unitsOf(text);
        inner.run(TextView(text, units));
        FoundSecrets found = inner.result().found;
        applyMask(text, units, found);
        return found;
    }

    void add(const TextView &view, FoundSecret one) {
        // A backslash before a quote is of its escape.
        const char behind = view.at(one.to);
        while (one.to > one.from && view.at(one.to - 1) == '\\' &&
               (behind == '"' || behind == '\'' || behind == kOuterQuote)) {
            --one.to;
            one.replacement.clear();
        }
        if (isMaskedText(view, one.from, one.to))
            return;
        if (one.isNamed && m_options.kept.contains(view.bytes().mid(one.from, one.to - one.from)))
            return;
        const qsizetype length = one.to - one.from;
        one.from = view.sourceOf(one.from);
        one.to = view.sourceEnd(one.to);
        if (one.to - one.from != length) // its characters are escaped
            one.replacement.clear();
        if (view.level() > 0 && one.isNumber) {
            // Escaped quotes would not fit: a number of the same length says as little.
            one.isNumber = false;
            one.replacement = QByteArray(one.to - one.from, '0');
            if (one.replacement.size() > 2)
                one.replacement[1] = '.';
            else
                one.replacement[0] = '1';
        }
        m_found.push_back(one);
    }

    const ScanOptions &m_options;
    int m_depth;
    qsizetype m_open;
    FoundSecrets m_found;
};

} // namespace

ScanResult scanForSecrets(const TextView &text, const ScanOptions &options) {
    const qsizetype size = text.sourceOf(text.size());
    Scan scan(options, 0, size);
    scan.run(text);
    ScanResult result = scan.result();
    if (!result.found.empty() && result.found.back().to >= size)
        result.open = std::min(result.open, result.found.back().from);
    return result;
}

} // namespace slipway
