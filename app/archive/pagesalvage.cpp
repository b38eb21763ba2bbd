// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/pagesalvage.h"

#include <QFile>
#include <QtEndian>

#include <optional>
#include <vector>

namespace slipway {

namespace {

constexpr qint64 kDefaultPage = 4096;
constexpr qint64 kFileHeader = 100; // on page 1
constexpr qint64 kMaxPayload = 1'000'000'000;
constexpr uchar kTableLeaf = 0x0d;

struct Value {
    char type = 'n'; ///< 'i', 't', 'b'; 'n' for NULL and what no column of ours is
    qint64 number = 0;
    QByteArray bytes;
};

// Big-endian, seven bits a byte, at most nine bytes.
std::optional<quint64> takeVarint(QByteArrayView &bytes) {
    quint64 value = 0;
    for (int i = 0; i < 9 && i < bytes.size(); ++i) {
        const auto byte = static_cast<uchar>(bytes.at(i));
        value = i == 8 ? (value << 8) | byte : (value << 7) | (byte & 0x7f);
        if (i == 8 || (byte & 0x80) == 0) {
            bytes = bytes.sliced(i + 1);
            return value;
        }
    }
    return std::nullopt;
}

qint64 signedNumber(QByteArrayView bytes) {
    qint64 value = static_cast<signed char>(bytes.at(0));
    for (qsizetype i = 1; i < bytes.size(); ++i)
        value = (value * 256) + static_cast<uchar>(bytes.at(i));
    return value;
}

// The columns of a record; nothing when its header and its size do not agree.
std::vector<Value> valuesOf(const QByteArray &record) {
    QByteArrayView header(record);
    const auto headerSize = takeVarint(header);
    if (!headerSize || *headerSize > static_cast<quint64>(record.size()))
        return {};
    QByteArrayView body = QByteArrayView(record).sliced(static_cast<qsizetype>(*headerSize));
    header = header.first(header.size() - body.size());
    std::vector<Value> values;
    while (!header.isEmpty()) {
        const auto serial = takeVarint(header);
        if (!serial)
            return {};
        static constexpr qsizetype kSizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
        if (*serial == 10 || *serial == 11 || *serial > static_cast<quint64>(2 * kMaxPayload))
            return {};
        const auto size = *serial < 10 ? kSizes[*serial] : static_cast<qsizetype>((*serial - 12) / 2);
        if (size > body.size())
            return {};
        Value value;
        if (*serial == 8 || *serial == 9)
            value = {'i', static_cast<qint64>(*serial - 8), {}};
        else if (*serial >= 1 && *serial <= 6)
            value = {'i', signedNumber(body.first(size)), {}};
        else if (*serial >= 12)
            value = {*serial % 2 == 0 ? 'b' : 't', 0, body.first(size).toByteArray()};
        body = body.sliced(size);
        values.push_back(value);
    }
    return body.isEmpty() ? values : std::vector<Value>();
}

QByteArray typesOf(const std::vector<Value> &values) {
    QByteArray types;
    for (const Value &value : values)
        types += value.type;
    return types;
}

std::optional<SalvagedStream> streamOf(const std::vector<Value> &values) {
    if (typesOf(values) != "ttititb")
        return std::nullopt;
    const auto text = [&](size_t column) { return QString::fromUtf8(values.at(column).bytes); };
    return SalvagedStream{
        text(0), {text(1), values.at(2).number, values.at(4).number, text(3), values.at(6).bytes}, text(5)};
}

std::optional<SalvagedFile> fileOf(const std::vector<Value> &values) {
    const QByteArray types = typesOf(values);
    const bool isFile = types == "ttiittib";
    if (!isFile && types != "tiittb")
        return std::nullopt;
    const size_t first = isFile ? 1 : 0;
    SalvagedFile file;
    if (isFile)
        file.campaign = QString::fromUtf8(values.at(0).bytes);
    file.name = QString::fromUtf8(values.at(first).bytes);
    file.revision = values.at(first + 1).number;
    file.savedAt = values.at(first + 2).number;
    file.sha256 = QString::fromUtf8(values.at(first + 3).bytes);
    file.problem = QString::fromUtf8(values.at(first + 4).bytes);
    file.removed = isFile && values.at(6).number != 0;
    file.bytes = values.back().bytes;
    return file;
}

class Pages {
public:
    explicit Pages(const QString &path) : m_file(path) {}

    Result<void> open() {
        if (!m_file.open(QIODevice::ReadOnly))
            return Error{
                ErrorCode::Io,
                QStringLiteral("%1 cannot be read: %2").arg(m_file.fileName(), m_file.errorString())};
        const QByteArray header = m_file.read(kFileHeader);
        if (header.startsWith("SQLite format 3")) {
            const qint64 size = qFromBigEndian<quint16>(header.constData() + 16);
            m_size = size == 1 ? 65536 : size >= 512 && (size & (size - 1)) == 0 ? size : kDefaultPage;
        }
        m_count = m_file.size() / m_size;
        return {};
    }

    Result<void> forEachRecord(const std::function<Result<void>(const QByteArray &)> &found) {
        for (qint64 number = 1; number <= m_count; ++number) {
            const QByteArray page = read(number);
            const qint64 start = number == 1 ? kFileHeader : 0;
            if (page.size() < m_size || static_cast<uchar>(page.at(start)) != kTableLeaf)
                continue;
            const qint64 cells = qFromBigEndian<quint16>(page.constData() + start + 3);
            for (qint64 i = 0; i < cells && start + 8 + 2 * i + 2 <= m_size; ++i) {
                const qint64 at = qFromBigEndian<quint16>(page.constData() + start + 8 + (2 * i));
                if (const auto record =
                        at < m_size ? recordOf(QByteArrayView(page).sliced(at)) : std::nullopt) {
                    TRY(found(*record));
                }
            }
        }
        return {};
    }

private:
    QByteArray read(qint64 number) {
        return number >= 1 && number <= m_count && m_file.seek((number - 1) * m_size) ? m_file.read(m_size)
                                                                                      : QByteArray();
    }

    // A cell of a table's leaf: the size of its record, its number, as much of it as there is room for, the
    // rest on a list of pages.
    std::optional<QByteArray> recordOf(QByteArrayView cell) {
        const auto size = takeVarint(cell);
        if (!size || *size > static_cast<quint64>(kMaxPayload) || !takeVarint(cell))
            return std::nullopt;
        const auto payload = static_cast<qint64>(*size);
        const qint64 atMost = m_size - 35;
        const qint64 atLeast = ((m_size - 12) * 32 / 255) - 23;
        const qint64 fitting = atLeast + ((payload - atLeast) % (m_size - 4));
        const qint64 local = payload <= atMost ? payload : fitting <= atMost ? fitting : atLeast;
        if (local + (local < payload ? 4 : 0) > cell.size())
            return std::nullopt;
        QByteArray record = cell.first(local).toByteArray();
        qint64 next = local < payload ? qFromBigEndian<quint32>(cell.data() + local) : 0;
        for (qint64 visited = 0; record.size() < payload && visited < m_count; ++visited) {
            const QByteArray page = read(next);
            if (page.size() < m_size)
                return std::nullopt;
            record += page.mid(4, std::min(m_size - 4, payload - record.size()));
            next = qFromBigEndian<quint32>(page.constData());
        }
        return record.size() == payload ? std::optional(record) : std::nullopt;
    }

    QFile m_file;
    qint64 m_size = kDefaultPage;
    qint64 m_count = 0;
};

} // namespace

Result<void> forEachSalvaged(const QString &path,
                             const std::function<Result<void>(const SalvagedFile &)> &file,
                             const std::function<Result<void>(const SalvagedStream &)> &stream) {
    Pages pages(path);
    TRY(pages.open());
    return pages.forEachRecord([&](const QByteArray &record) -> Result<void> {
        const std::vector<Value> values = valuesOf(record);
        if (const auto found = fileOf(values))
            return file(*found);
        const auto found = streamOf(values);
        return found ? stream(*found) : Result<void>();
    });
}

} // namespace slipway
