// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/yamltree.h"

#include <algorithm>

#include <yaml.h>

namespace slipway {

namespace {

constexpr int kMaxBrackets = 500;          // in one another
constexpr int kMaxMerged = 16;             // "<<" behind "<<"
constexpr qsizetype kMaxMembers = 100'000; // of a map, with what is merged into it

// libyaml's time grows with the square of how deep brackets are nested.
bool isNestedDeep(const QByteArray &utf8) {
    int depth = 0;
    for (const char c : utf8) {
        if (c == '[' || c == '{')
            ++depth;
        else if ((c == ']' || c == '}') && depth > 0)
            --depth;
        if (depth > kMaxBrackets)
            return true;
    }
    return false;
}

} // namespace

class YamlNode::Document {
public:
    Document() = default;
    ~Document() { yaml_document_delete(&m_document); }
    Document(const Document &) = delete;
    Document &operator=(const Document &) = delete;

    [[nodiscard]] yaml_document_t *get() const { return &m_document; }
    [[nodiscard]] const yaml_node_t *node(int index) const {
        return yaml_document_get_node(&m_document, index);
    }

private:
    mutable yaml_document_t m_document{}; // libyaml knows no const; nothing is changed after it was read
};

Result<YamlNode> YamlNode::read(const QByteArray &utf8, const QString &what) {
    if (isNestedDeep(utf8))
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 nests brackets deeper than %2.").arg(what).arg(kMaxBrackets)};
    yaml_parser_t parser;
    if (yaml_parser_initialize(&parser) == 0)
        return Error{ErrorCode::Internal, QStringLiteral("libyaml has no memory")};
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char *>(utf8.constData()),
                                 static_cast<std::size_t>(utf8.size()));
    const auto document = std::make_shared<Document>();
    const bool isRead = yaml_parser_load(&parser, document->get()) != 0;
    const QString problem = QString::fromUtf8(parser.problem ? parser.problem : "it cannot be read");
    const auto line = static_cast<qulonglong>(parser.problem_mark.line + 1);
    yaml_parser_delete(&parser);
    if (!isRead)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 line %2: is not YAML: %3").arg(what).arg(line).arg(problem)};
    if (!yaml_document_get_root_node(document->get()))
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1 is empty.").arg(what)};
    return YamlNode(document, 1);
}

YamlNode::Kind YamlNode::kind() const {
    const yaml_node_t *node = m_document ? m_document->node(m_index) : nullptr;
    if (!node)
        return Kind::Nothing;
    switch (node->type) {
    case YAML_SCALAR_NODE:
        return Kind::Text;
    case YAML_SEQUENCE_NODE:
        return Kind::List;
    case YAML_MAPPING_NODE:
        return Kind::Map;
    case YAML_NO_NODE:
        break;
    }
    return Kind::Nothing;
}

bool YamlNode::isNull() const {
    if (kind() != Kind::Text)
        return kind() == Kind::Nothing;
    const QString plain = text();
    return m_document->node(m_index)->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (plain.isEmpty() || plain == QLatin1String("~") || plain.toLower() == QLatin1String("null"));
}

int YamlNode::line() const {
    const yaml_node_t *node = m_document ? m_document->node(m_index) : nullptr;
    return node ? static_cast<int>(node->start_mark.line) + 1 : 0;
}

QString YamlNode::text() const {
    if (kind() != Kind::Text)
        return {};
    const auto &scalar = m_document->node(m_index)->data.scalar;
    return QString::fromUtf8(reinterpret_cast<const char *>(scalar.value),
                             static_cast<qsizetype>(scalar.length));
}

QList<YamlNode> YamlNode::items() const {
    QList<YamlNode> found;
    if (kind() != Kind::List)
        return found;
    const auto &items = m_document->node(m_index)->data.sequence.items;
    for (const yaml_node_item_t *item = items.start; item < items.top; ++item)
        found.append(YamlNode(m_document, *item));
    return found;
}

void YamlNode::addMembers(QList<std::pair<QString, YamlNode>> &members, int depth) const {
    if (kind() != Kind::Map || depth > kMaxMerged)
        return;
    const auto &pairs = m_document->node(m_index)->data.mapping.pairs;
    QList<YamlNode> merged;
    for (const yaml_node_pair_t *pair = pairs.start; pair < pairs.top; ++pair) {
        const QString key = YamlNode(m_document, pair->key).text();
        const YamlNode value(m_document, pair->value);
        if (key == QLatin1String("<<")) {
            merged << (value.kind() == Kind::List ? value.items() : QList<YamlNode>{value});
            continue;
        }
        const bool isThere =
            depth > 0 && std::any_of(members.begin(), members.end(),
                                     [&](const auto &member) { return member.first == key; });
        if (!isThere && members.size() < kMaxMembers)
            members.append({key, value});
    }
    for (const YamlNode &one : std::as_const(merged))
        one.addMembers(members, depth + 1);
}

QList<std::pair<QString, YamlNode>> YamlNode::members() const {
    QList<std::pair<QString, YamlNode>> found;
    addMembers(found, 0);
    return found;
}

YamlNode YamlNode::member(const QString &key) const {
    for (const auto &[name, value] : members()) {
        if (name == key)
            return value;
    }
    return {};
}

} // namespace slipway
