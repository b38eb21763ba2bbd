// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"
#include "ui/common/verdictmark.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace slipway;

namespace {

const QList<Verdict> kVerdicts{Verdict::Proven,          Verdict::UnprovenPass, Verdict::Fail,
                               Verdict::InvalidEvidence, Verdict::Incomplete,   Verdict::NoEvidence};

// The shape alone: where ink is, whatever its colour.
QImage shapeOf(std::optional<Verdict> verdict, int size) {
    QImage image(size, size, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintVerdict(painter, QRectF(0, 0, size, size), verdict);
    painter.end();
    QImage ink(size, size, QImage::Format_ARGB32);
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            const QColor pixel = image.pixelColor(x, y);
            const bool isInk = pixel.alpha() > 127 && pixel != theme().surface;
            ink.setPixelColor(x, y, isInk ? Qt::black : Qt::white);
        }
    }
    return ink;
}

int difference(const QImage &a, const QImage &b) {
    int count = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
    }
    return count;
}

} // namespace

class ThemeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void contrastIsTheStandards() {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
        QCOMPARE(contrast(Qt::white, Qt::black), contrast(Qt::black, Qt::white));
    }

    void everyTextCanBeRead_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void everyTextCanBeRead() {
        QFETCH(bool, dark);
        const Theme t = dark ? darkTheme() : lightTheme();
        QList<QColor> inks{t.text, t.muted, t.accent, t.warning};
        for (const Verdict verdict : kVerdicts)
            inks << t.of(verdict);
        for (const QColor &ink : std::as_const(inks)) {
            for (const QColor &ground : {t.surface, t.window, t.selection})
                QVERIFY2(contrast(ink, ground) >= 4.5, qPrintable(QStringLiteral("%1 on %2: %3")
                                                                      .arg(ink.name(), ground.name())
                                                                      .arg(contrast(ink, ground))));
        }
    }

    void noTwoVerdictsShareAShape_data() {
        QTest::addColumn<int>("size");
        QTest::newRow("in a list") << 15;
        QTest::newRow("in the header") << 30;
        QTest::newRow("at 200 %") << 60;
    }

    void noTwoVerdictsShareAShape() {
        QFETCH(int, size);
        QList<QImage> shapes{shapeOf(std::nullopt, size)};
        for (const Verdict verdict : kVerdicts)
            shapes << shapeOf(verdict, size);
        for (qsizetype a = 0; a < shapes.size(); ++a) {
            for (qsizetype b = 0; b < a; ++b)
                QVERIFY2(difference(shapes.at(a), shapes.at(b)) * 20 > size * size,
                         qPrintable(QStringLiteral("shapes %1 and %2 differ too little").arg(a).arg(b)));
        }
    }

    void theOptionChoosesTheTheme() {
        applyTheme(*qApp, QStringLiteral("dark"));
        QVERIFY(theme().dark);
        QCOMPARE(QApplication::palette().color(QPalette::Base), darkTheme().surface);
        applyTheme(*qApp, QStringLiteral("light"));
        QVERIFY(!theme().dark);
        QCOMPARE(QApplication::font().pixelSize(), 13);
    }

    void thePlatformsPaletteChoosesOtherwise() {
        QPalette night;
        night.setColor(QPalette::Window, QColor(30, 30, 30));
        QApplication::setPalette(night);
        applyTheme(*qApp, QString());
        QVERIFY(theme().dark);
        QPalette day;
        day.setColor(QPalette::Window, QColor(240, 240, 240));
        QApplication::setPalette(day);
        applyTheme(*qApp, QString());
        QVERIFY(!theme().dark);
    }
};

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
