// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/textview.h"

namespace slipway {

/// What programs write before and behind the lines that they pass on: "node-a-1  | ", the time and the name
/// of a log, blanks, `{"line":"…"}`. Made from one line, it finds the content of the others. Numbers and the
/// width of blanks may differ from line to line. Each question looks at a bounded number of characters.
class LineFrame {
public:
    /// Of the line that begins at `line`, whose content is `from` to `to`.
    LineFrame(const TextView &view, qsizetype line, qsizetype from, qsizetype to);

    /// Where content goes on.
    struct Next {
        qsizetype at = -1;   ///< -1: nowhere
        qsizetype line = 0;  ///< where the line of it begins
        bool isOpen = false; ///< the view ended before that could be said
    };

    /// Behind content that ends at `end`: on the next line, or in the next string of a list on the same one.
    [[nodiscard]] Next next(qsizetype end) const;
    /// Nothing but the frame, quotes and marks stand between `end` and the end of its line, or an element of
    /// a list ends there.
    [[nodiscard]] bool isOver(qsizetype end) const;
    /// Where content is on the line that begins at `line`, when it begins as the frame does; -1 otherwise.
    [[nodiscard]] qsizetype contentOf(qsizetype line) const;

private:
    struct Match {
        qsizetype to;   // what is alike ends here
        qsizetype good; // behind the last character of it that cannot be of base64
        bool isWhole;
    };
    [[nodiscard]] Match match(qsizetype from, qsizetype frame, qsizetype frameEnd) const;
    [[nodiscard]] qsizetype skipMarks(qsizetype at) const;
    [[nodiscard]] qsizetype lineEnd(qsizetype end) const;

    const TextView &m_view;
    qsizetype m_line;
    qsizetype m_from;
    qsizetype m_to;
};

/// Where the line that `at` is on begins; at most 256 characters before it.
[[nodiscard]] qsizetype lineStartOf(const TextView &view, qsizetype at);

} // namespace slipway
