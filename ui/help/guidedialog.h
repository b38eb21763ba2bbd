// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QListWidget;
class QTextBrowser;
class QUrl;

namespace slipway {

/// The guide that travels in the program: its topics, and the text of one. Links lead to other topics and
/// nowhere else; nothing is fetched. Not modal: it is read next to what it is about.
class GuideDialog : public QDialog {
    Q_OBJECT
public:
    explicit GuideDialog(QWidget *parent = nullptr);

    /// "real-server"; another than a topic of the guide changes nothing.
    void showTopic(const QString &topic);
    [[nodiscard]] QString topic() const; ///< that is shown

private:
    void follow(const QUrl &link);

    QListWidget *m_topics;
    QTextBrowser *m_text;
};

} // namespace slipway
