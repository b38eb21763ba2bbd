// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QList>

#include <memory>

namespace slipway {

/// A YAML document as libyaml reads it: nodes that are texts, lists or maps, each with its line. No type is
/// made of a text, and no tag does anything. Aliases lead to the node that they name. A map's "<<" stands
/// behind its own keys. A value; cheap to copy.
class YamlNode {
public:
    enum class Kind { Nothing, Text, List, Map };

    /// The first document of a text. Refused: what libyaml cannot read, with its line; an empty one.
    static Result<YamlNode> read(const QByteArray &utf8, const QString &what);

    YamlNode() = default;
    [[nodiscard]] Kind kind() const;
    [[nodiscard]] bool isNull() const; ///< nothing, or a plain "null", "~" or nothing at all
    [[nodiscard]] int line() const;    ///< from 1
    [[nodiscard]] QString text() const;
    [[nodiscard]] QList<YamlNode> items() const;                       ///< of a list
    [[nodiscard]] QList<std::pair<QString, YamlNode>> members() const; ///< of a map, in its order
    [[nodiscard]] YamlNode member(const QString &key) const;

private:
    class Document;
    YamlNode(std::shared_ptr<const Document> document, int index)
        : m_document(std::move(document)), m_index(index) {}
    void addMembers(QList<std::pair<QString, YamlNode>> &members, int depth) const;

    std::shared_ptr<const Document> m_document;
    int m_index = 0; ///< as libyaml counts, from 1
};

} // namespace slipway
