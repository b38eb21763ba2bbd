// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLineEdit;
class QMenu;
class QPushButton;

namespace slipway {

class ElidedLabel;

/// The controls over a log. Reports what a person did and shows what it is given; knows no log.
class LogBar : public QWidget {
    Q_OBJECT
public:
    explicit LogBar(QWidget *parent = nullptr);

    void setStreams(const QStringList &names); ///< keeps no choice
    void setStream(int index);
    [[nodiscard]] int stream() const;
    [[nodiscard]] QString pattern() const;
    [[nodiscard]] bool matchesCase() const;
    [[nodiscard]] bool isOnlyMatches() const;
    void setErrors(qint64 count, bool final);
    void setFollowing(bool following);
    [[nodiscard]] bool isWrapped() const;
    void setProblem(const QString &text); ///< of the pattern; empty: it is well
    [[nodiscard]] QMenu &highlightMenu() const { return *m_highlights; }

    void focusPattern(bool only); ///< only: other lines are hidden
    void setPattern(const QString &pattern);
    void toggleWrap();
    void askPlace(); ///< where to go: a line, a byte, a time

Q_SIGNALS:
    void streamChosen(int index);
    void patternChanged();
    void nextMatchRequested(bool forward);
    void nextErrorRequested(bool forward);
    void followRequested(bool follow);
    void wrapChanged(bool wrapped);
    void placeRequested(const QString &text);
    void left(); ///< the keyboard goes back to the lines

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QComboBox *m_streams;
    QLineEdit *m_pattern;
    QLineEdit *m_place;
    QPushButton *m_case;
    QPushButton *m_only;
    QPushButton *m_errors;
    QPushButton *m_wrap;
    QPushButton *m_follow;
    QMenu *m_highlights;
};

} // namespace slipway
