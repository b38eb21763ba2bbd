# SPDX-License-Identifier: GPL-3.0-or-later
# The headers that most sources include are compiled once, by the first target that has them, and read by the others. A
# source still includes what it uses: the lint preset, and with it clang-tidy, does without. ccache keeps these objects too,
# once it is told that nothing of ours asks for a time.
set(SLIPWAY_CORE_HEADERS <algorithm> <array> <functional> <memory> <optional> <utility> <vector>
  <QByteArray> <QDateTime> <QDir> <QFile> <QFileInfo> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QList> <QMap>
  <QObject> <QRegularExpression> <QSet> <QString> <QStringList> <QTimer>)
set(SLIPWAY_WINDOW_HEADERS ${SLIPWAY_CORE_HEADERS} <QAction> <QApplication> <QBoxLayout> <QComboBox> <QDialog> <QDialogButtonBox>
  <QFileDialog> <QFormLayout> <QHeaderView> <QKeyEvent> <QLabel> <QLineEdit> <QMenu> <QPainter> <QPlainTextEdit> <QPointer>
  <QPushButton> <QScrollBar> <QSettings> <QSplitter> <QTableView> <QWidget>)
set(SLIPWAY_TEST_HEADERS ${SLIPWAY_CORE_HEADERS} <QProcess> <QTemporaryDir> <QTest>)
set(SLIPWAY_WINDOWTEST_HEADERS ${SLIPWAY_WINDOW_HEADERS} <QProcess> <QSignalSpy> <QTemporaryDir> <QTest>)

# slipway_headers(TARGET core|window|test|windowtest): the first target of a kind compiles them. The compiler refuses them
# where another part of Qt is linked that they ask about: tests link Network all, window tests Widgets, Charts, DBus and Svg.
function(slipway_headers target kind)
  get_property(owner GLOBAL PROPERTY SLIPWAY_HEADERS_OF_${kind})
  if(owner)
    target_precompile_headers(${target} REUSE_FROM ${owner})
  else()
    string(TOUPPER ${kind} name)
    target_precompile_headers(${target} PRIVATE ${SLIPWAY_${name}_HEADERS})
    set_property(GLOBAL PROPERTY SLIPWAY_HEADERS_OF_${kind} ${target})
  endif()
  if(kind MATCHES "test") # moc's own source is empty for most of these, and reading the headers would be all that it costs
    set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/${target}_autogen/mocs_compilation.cpp"
      PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  endif()
endfunction()

# Qt::Test names each test's folders on the command line, for QFINDTESTDATA, which nothing here uses: no two tests, and no
# two clones, would share what they compile.
if(TARGET Qt6::Test)
  get_target_property(definitions Qt6::Test INTERFACE_COMPILE_DEFINITIONS)
  list(FILTER definitions EXCLUDE REGEX "QT_TESTCASE_")
  set_target_properties(Qt6::Test PROPERTIES INTERFACE_COMPILE_DEFINITIONS "${definitions}")
endif()
