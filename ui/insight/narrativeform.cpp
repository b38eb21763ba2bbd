// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insight/narrativeform.h"

#include "ui/common/tonelabel.h"
#include "ui/insight/bugseditor.h"
#include "ui/insight/insightlimits.h"

#include <QApplication>
#include <QVBoxLayout>

namespace slipway {

namespace {

const QString kBugs = QStringLiteral("bugs");

} // namespace

QString fieldTitle(const QString &key) {
    const InsightField *field = insightField(key);
    return field          ? NarrativeForm::tr(field->title)
           : key == kBugs ? NarrativeForm::tr("Bugs")
                          : NarrativeForm::tr("Missing");
}

QWidget *titled(const QString &title, QWidget *widget) {
    auto *part = new QWidget;
    auto *label = makeLabel(part, QApplication::font(), Tone::Muted);
    label->setText(title);
    label->setBuddy(widget);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(label);
    layout->addWidget(widget, 1);
    return part;
}

NarrativeForm::NarrativeForm(QWidget *parent) : FittingScrollArea(parent), m_bugs(new BugsEditor) {
    auto *form = new QWidget;
    form->setObjectName(QStringLiteral("side"));
    auto *layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 8, 8);
    layout->setSpacing(4);
    const auto heading = [&](const QString &text, QWidget *buddy) {
        auto *label = makeLabel(form, font(), Tone::Muted);
        label->setText(text);
        label->setWordWrap(true);
        label->setBuddy(buddy);
        label->setContentsMargins(0, 8, 0, 0);
        layout->addWidget(label);
    };
    for (const InsightField &field : insightFields()) {
        if (field.isAhead) { // bugs come before it
            heading(tr("Bugs surfaced, and where they were fixed"), m_bugs);
            layout->addWidget(m_bugs);
        }
        const QString name = tr(field.title);
        auto *text = new InsightText(name, field.text == &Insight::headline ? 1 : 3, kMaxText);
        heading(field.isAudience ? tr("%1 (required for a complete narrative)").arg(name) : name, text);
        text->addTo(*layout);
        m_fields.insert(QString::fromLatin1(field.key), text);
        connect(text, &InsightText::edited, this,
                [this, &field](const QString &words) { Q_EMIT textEdited(field, words); });
        connect(text, &InsightText::left, this, &NarrativeForm::left);
    }
    layout->addStretch(1);
    connect(m_bugs, &BugsEditor::edited, this, &NarrativeForm::bugsEdited);
    connect(m_bugs, &BugsEditor::left, this, &NarrativeForm::left);
    setWidget(form);
}

void NarrativeForm::fill(const Insight &insight, bool canEdit) {
    for (const InsightField &field : insightFields()) {
        InsightText *text = m_fields.value(QString::fromLatin1(field.key));
        text->showText(insight.*field.text);
        text->setReadOnly(!canEdit);
    }
    m_bugs->setBugs(insight.bugs);
    m_bugs->setReadOnly(!canEdit);
}

void NarrativeForm::setEvidence(const std::shared_ptr<const EvidenceNumbers> &numbers, bool isOver) {
    for (const InsightField &field : insightFields())
        m_fields.value(QString::fromLatin1(field.key))
            ->marks()
            .setEvidence(numbers, isOver && !field.isAhead);
    m_bugs->setEvidence(numbers, isOver);
}

void NarrativeForm::focusField(const QString &field) {
    QWidget *widget = m_fields.value(field, nullptr);
    if (!widget && field == kBugs)
        widget = m_bugs;
    for (const InsightField &one : insightFields()) {
        InsightText *text = m_fields.value(QString::fromLatin1(one.key));
        if (!widget && one.isAudience && text->toPlainText().trimmed().isEmpty())
            widget = text;
    }
    if (!widget)
        return;
    ensureWidgetVisible(widget);
    widget->setFocus();
}

} // namespace slipway
