// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/streamrecord.h"

#include "app/core/inputfile.h"
#include "models/log/severity.h"
#include "models/observation/zstream.h"

#include <QFile>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kBlock = qsizetype(1024) * 1024; // of a frame: larger ones are hardly smaller together
constexpr qsizetype kWarnings = 1000;
constexpr qsizetype kWarningLength = 500;

} // namespace

void StreamRecord::add(QByteArrayView bytes) {
    m_hash.add(QByteArray::fromRawData(bytes.data(), bytes.size()));
    m_ended.bytes += bytes.size();
    m_ended.lines += std::count(bytes.begin(), bytes.end(), '\n');
    if (!bytes.isEmpty())
        m_lastByte = bytes.back();
    if (m_keeps == Keeps::Warnings)
        scan(bytes);
    while (m_keeps == Keeps::Bytes && !bytes.isEmpty()) {
        const qsizetype taken = std::min(bytes.size(), kBlock - m_rest.size());
        m_rest.append(bytes.data(), taken);
        bytes = bytes.sliced(taken);
        if (m_rest.size() == kBlock)
            compress();
    }
}

Result<void> StreamRecord::add(QFile &file) {
    TRY(openToRead(file));
    while (!file.atEnd()) {
        const QByteArray bytes = file.read(kBlock);
        if (bytes.isEmpty())
            return unreadable(file);
        add(bytes);
    }
    return {};
}

void StreamRecord::compress() {
    if (!m_rest.isEmpty())
        m_ended.compressed += zstdCompress(m_rest);
    m_rest.clear();
}

// Of a long line only its beginning is looked at.
void StreamRecord::scan(QByteArrayView bytes) {
    while (m_ended.warnings.size() < kWarnings && !bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        const qsizetype length = end < 0 ? bytes.size() : end;
        m_rest.append(bytes.data(), std::min(length, kWarningLength - m_rest.size()));
        bytes = bytes.sliced(end < 0 ? length : end + 1);
        if (end < 0)
            return;
        look();
        m_lineStart = m_ended.bytes - bytes.size();
    }
}

void StreamRecord::look() {
    if (severityOf(m_rest) != Severity::Normal)
        m_ended.warnings.append({m_lineStart, m_rest});
    m_rest.clear();
}

void StreamRecord::clear() {
    m_ended = {m_ended.name, 0, 0, {}};
    m_hash.reset();
    m_rest.clear();
    m_lineStart = 0;
    m_lastByte = '\n';
}

const EndedStream &StreamRecord::end() {
    if (m_isClosed)
        return m_ended;
    m_isClosed = true;
    m_ended.lines += m_lastByte == '\n' ? 0 : 1;
    if (m_keeps == Keeps::Bytes)
        compress();
    else if (!m_rest.isEmpty())
        look();
    m_ended.sha256 = QString::fromLatin1(m_hash.hex());
    return m_ended;
}

} // namespace slipway
