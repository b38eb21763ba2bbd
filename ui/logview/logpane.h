// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/logview/logscans.h"
#include "ui/logview/shownlog.h"

#include <QFrame>
#include <QTimer>

namespace slipway {

class ElidedLabel;
class Highlighters;
class LogBar;
class LogView;
class LogWalk;

/// The logs of a campaign with their controls: wires what is shown (ShownLog), what is looked for in it
/// (LogScans) and the ways through it (LogWalk) to bar and view, and says how it stands. Whatever reads more
/// than a screenful does so on threads of its own. GUI thread.
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
    /// The chosen line belongs to this cycle; the fault is empty where the log does not say.
    void cycleSelected(const QString &fault, int number);

private:
    void wire();
    void showStream(int index);
    void applyPattern();
    void showRows(); ///< hands the view what is to be shown
    void refresh();
    void setNote(const QString &note);
    void refreshState();
    void choose(const LogLine &line);
    [[nodiscard]] QString headerOf(qint64 row) const;

    ShownLog m_log;
    LogScans m_scans;      ///< goes before what it reads
    bool m_chosen = false; ///< by a person; until then the newest stream is shown
    QString m_note;        ///< in place of the state, until something else is done
    QTimer m_tick;         ///< while something is looked through
    LogBar *m_bar;
    LogView *m_view;
    LogWalk *m_walk;
    ElidedLabel *m_state;
    Highlighters *m_highlighters;
};

} // namespace slipway
