// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/logstream/logmerge.h"
#include "app/session/logstreams.h"
#include "ui/logview/logscans.h"

#include <QFrame>
#include <QTimer>

#include <functional>
#include <memory>

namespace slipway {

class ElidedLabel;
class Highlighters;
class LogBar;
class LogView;

/// The logs of a campaign, one at a time or all merged by time, and everything that is done to them: filter
/// and search, errors, highlighters, follow, and the way from a line to its cycle and back. Whatever reads
/// more than a screenful does so on threads of its own. GUI thread.
class LogPane : public QFrame {
    Q_OBJECT
public:
    explicit LogPane(QWidget *parent = nullptr);

    /// `another`: of another campaign, whose newest stream is shown until a person chooses.
    void setStreams(const QList<LogStream> &streams, bool another);
    void selectPhase(int phase); ///< the longest of its logs: the others start and stop servers
    void showMerged();           ///< all streams, by time
    void grew();

    /// The line that holds byte `offset` of a stream, `stream` as PhaseRun::streamName() has it.
    void showLineAt(const QString &stream, qint64 offset);
    /// The first line of a cycle; an empty fault means any.
    void showCycle(const QString &fault, int number);
    void nextError(bool forward);
    void nextMatch(bool forward);
    void highlightPattern();             ///< what is typed, or no longer
    void goToPlace(const QString &text); ///< "120" a line, "@4096" a byte, "17:39:02" a time

    [[nodiscard]] LogView &view() const { return *m_view; }
    [[nodiscard]] LogBar &bar() const { return *m_bar; }
    [[nodiscard]] Highlighters &highlighters() const { return *m_highlighters; }
    [[nodiscard]] bool isBusy() const; ///< something is still looked through

Q_SIGNALS:
    /// A person chose this line, from 0, which begins at this byte of the stream.
    void lineSelected(const QString &stream, qint64 line, qint64 offset);
    /// The chosen line belongs to this cycle; the fault is empty where the log does not tell it.
    void cycleSelected(const QString &fault, int number);

private:
    void wire();
    void showStream(int index);
    void applyPattern();
    void showRows(); ///< hands the view what is to be shown
    void refresh();
    void refreshState();
    void want(std::function<bool()> wanted);
    void showBase(qint64 baseRow);
    void choose(const LogLine &line);
    [[nodiscard]] bool isMerged() const;
    [[nodiscard]] bool isFiltered() const;
    [[nodiscard]] qint64 baseRow() const; ///< where a person is: what is chosen, or the top
    [[nodiscard]] qint64 baseRowOf(qint64 row) const;
    [[nodiscard]] std::optional<CycleName> cycleAt(qint64 baseRow) const; ///< none while that is not known
    [[nodiscard]] QString headerOf(qint64 row) const;
    [[nodiscard]] int longestOf(int phase) const;
    [[nodiscard]] const LogStream *shownStream() const;

    QList<LogStream> m_streams;
    bool m_chosen = false; ///< by a person; until then the newest stream is shown
    std::unique_ptr<LogMerge> m_merge;
    std::shared_ptr<const LogSource> m_base; ///< all rows
    LogScans m_scans;
    std::function<bool()> m_wanted; ///< a place that has not been found yet; true once it is shown
    QString m_note;                 ///< in place of the state, until something else is done
    QTimer m_tick;                  ///< while something is looked through
    LogBar *m_bar;
    LogView *m_view;
    ElidedLabel *m_state;
    Highlighters *m_highlighters;
};

} // namespace slipway
