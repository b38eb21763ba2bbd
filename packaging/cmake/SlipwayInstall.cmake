# SPDX-License-Identifier: GPL-3.0-or-later
# What is installed where, and the Debian packages of it: slipway (the window), slipwayctl, slipway-sandbox (the reference
# node), and of a build with shared libraries slipway-common. Included once all targets exist.
set(SLIPWAY_MAINTAINER "Slipway maintainers <maintainers@slipway.example>" CACHE STRING "Maintainer of the packages")
string(TIMESTAMP slipway_date "%Y-%m-%d" UTC) # of SOURCE_DATE_EPOCH, where it is set
string(TIMESTAMP changelog_date "%a, %d %b %Y %H:%M:%S +0000" UTC)
string(TIMESTAMP year "%Y" UTC)
set(desktop "${PROJECT_SOURCE_DIR}/packaging/desktop")
set(made "${PROJECT_BINARY_DIR}/installed")

# Programs. A build with shared libraries finds them from where it is, wherever that is moved to.
cmake_path(APPEND CMAKE_INSTALL_LIBDIR "${CMAKE_LIBRARY_ARCHITECTURE}" slipway OUTPUT_VARIABLE private_libs)
if(BUILD_SHARED_LIBS)
  install(TARGETS slipway_models slipway_app slipway_ui LIBRARY DESTINATION "${private_libs}" COMPONENT common)
  set_target_properties(slipway_models slipway_app slipway_ui PROPERTIES INSTALL_RPATH "$ORIGIN")
  set_target_properties(slipway slipwayctl PROPERTIES INSTALL_RPATH "$ORIGIN/../${private_libs}")
endif()
install(TARGETS slipway COMPONENT slipway)
install(TARGETS slipwayctl COMPONENT slipwayctl)
install(TARGETS ai-memory-reference DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/slipway" COMPONENT sandbox)

# Man pages and completions, made by the program from the table that it parses by.
find_program(GZIP gzip REQUIRED)
file(MAKE_DIRECTORY "${made}")
set(outputs "")
foreach(row "slipwayctl.1 help --man slipwayctl" "slipway.1 help --man slipway"
    "slipway-fleet.5 help --man slipway-fleet" "slipwayctl.bash completions bash"
    "slipwayctl.zsh completions zsh" "slipwayctl.fish completions fish")
  separate_arguments(words UNIX_COMMAND "${row}")
  list(POP_FRONT words file)
  add_custom_command(OUTPUT "${made}/${file}" DEPENDS slipwayctl VERBATIM
    COMMAND sh -c "out=$1 && shift && \"$@\" >\"$out.part\" && mv \"$out.part\" \"$out\"" sh "${made}/${file}"
      "$<TARGET_FILE:slipwayctl>" ${words})
  list(APPEND outputs "${made}/${file}")
  if(file MATCHES "\\.[15]$")
    add_custom_command(OUTPUT "${made}/${file}.gz" DEPENDS "${made}/${file}" VERBATIM
      COMMAND "${GZIP}" -9nkf "${made}/${file}")
    list(APPEND outputs "${made}/${file}.gz")
  endif()
endforeach()
add_custom_target(slipway_shell_files ALL DEPENDS ${outputs})
install(FILES "${made}/slipwayctl.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT slipwayctl)
install(FILES "${made}/slipway-fleet.5.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man5" COMPONENT slipwayctl)
install(FILES "${made}/slipway.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT slipway)
install(FILES "${made}/slipwayctl.bash" DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions"
  RENAME slipwayctl COMPONENT slipwayctl)
install(FILES "${made}/slipwayctl.zsh" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions"
  RENAME _slipwayctl COMPONENT slipwayctl)
install(FILES "${made}/slipwayctl.fish" DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d"
  COMPONENT slipwayctl)

install(DIRECTORY "${PROJECT_SOURCE_DIR}/resources/schemas" DESTINATION "${CMAKE_INSTALL_DATADIR}/slipway" COMPONENT slipwayctl)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/resources/guide" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/slipwayctl" COMPONENT slipwayctl)

# The desktop's files.
configure_file("${desktop}/org.slipway.Slipway.metainfo.xml.in" "${made}/org.slipway.Slipway.metainfo.xml" @ONLY)
install(FILES "${desktop}/org.slipway.Slipway.desktop" DESTINATION "${CMAKE_INSTALL_DATADIR}/applications"
  COMPONENT slipway)
install(FILES "${made}/org.slipway.Slipway.metainfo.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo"
  COMPONENT slipway)
set(icons "${CMAKE_INSTALL_DATADIR}/icons/hicolor")
install(FILES "${desktop}/org.slipway.Slipway.svg" DESTINATION "${icons}/scalable/apps" COMPONENT slipway)
foreach(size 16 24 32 48 64 128 256)
  install(FILES "${desktop}/icon-${size}.png" DESTINATION "${icons}/${size}x${size}/apps"
    RENAME org.slipway.Slipway.png COMPONENT slipway)
endforeach()

# Debian packages: cpack -G DEB in the build directory.
set(components slipway slipwayctl sandbox)
if(BUILD_SHARED_LIBS)
  list(APPEND components common)
endif()
set(package_slipway slipway)
set(package_slipwayctl slipwayctl)
set(package_sandbox slipway-sandbox)
set(package_common slipway-common)
file(CONFIGURE OUTPUT "${made}/changelog" @ONLY CONTENT [[
slipway (@PROJECT_VERSION@) unstable; urgency=medium

  * See /usr/share/doc/slipwayctl/NEWS.gz.

 -- @SLIPWAY_MAINTAINER@  @changelog_date@
]])
file(CONFIGURE OUTPUT "${made}/copyright" @ONLY CONTENT [[
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Slipway

Files: *
Copyright: @year@ The Slipway maintainers
License: GPL-3.0-or-later
 On Debian systems the text of this licence is in /usr/share/common-licenses/GPL-3.

Files: *.metainfo.xml
Copyright: @year@ The Slipway maintainers
License: CC0-1.0
 On Debian systems the text of this licence is in /usr/share/common-licenses/CC0-1.0.
]])
execute_process(COMMAND "${GZIP}" -9nc INPUT_FILE "${made}/changelog" OUTPUT_FILE "${made}/changelog.gz")
execute_process(COMMAND "${GZIP}" -9nc INPUT_FILE "${PROJECT_SOURCE_DIR}/CHANGELOG.md" OUTPUT_FILE "${made}/NEWS.gz")
foreach(component IN LISTS components)
  install(FILES "${made}/copyright" "${made}/changelog.gz"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${package_${component}}" COMPONENT ${component})
endforeach()
install(FILES "${made}/NEWS.gz" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/slipwayctl" COMPONENT slipwayctl)

set(CPACK_PACKAGE_NAME slipway)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_CONTACT "${SLIPWAY_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_DEBUGINFO_PACKAGE ON) # strips the programs; their symbols go to slipway-dbgsym and so on
set(CPACK_BUILD_SOURCE_DIRS "${PROJECT_SOURCE_DIR};${PROJECT_BINARY_DIR}")
set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL ${components})
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${CMAKE_BINARY_DIR}/models" "${CMAKE_BINARY_DIR}/app"
  "${CMAKE_BINARY_DIR}/ui")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
foreach(component IN LISTS components)
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${package_${component}})
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION devel)
endforeach()
set(depends "")
if(BUILD_SHARED_LIBS)
  set(depends "slipway-common (= ${PROJECT_VERSION})")
endif()
set(CPACK_DEBIAN_SLIPWAY_PACKAGE_DEPENDS "${depends}")
set(CPACK_DEBIAN_SLIPWAY_PACKAGE_RECOMMENDS "slipwayctl, fonts-inter | fonts-dejavu-core, openssh-client, git")
set(CPACK_DEBIAN_SLIPWAY_PACKAGE_SUGGESTS "slipway-sandbox, gnome-keyring")
set(CPACK_DEBIAN_SLIPWAYCTL_PACKAGE_DEPENDS "${depends}")
set(CPACK_DEBIAN_SLIPWAYCTL_PACKAGE_RECOMMENDS "openssh-client, git")
set(CPACK_DEBIAN_SLIPWAYCTL_PACKAGE_SUGGESTS "slipway-sandbox")
set(CPACK_DEBIAN_SANDBOX_PACKAGE_DEPENDS
  "slipwayctl | slipway, openssh-server, openssh-client, iproute2, iptables, procps, curl")
set(CPACK_DEBIAN_SANDBOX_PACKAGE_RECOMMENDS "postgresql, nftables, faketime")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each package has a first line of its own
set(CPACK_DEBIAN_SLIPWAY_DESCRIPTION "dashboard for release ship-gates
A window on the campaigns of a release ship-gate: it launches them on remote
hosts over SSH, follows their logs, shows convergence cycle by cycle and tells
what failed and from which bytes it knows.")
set(CPACK_DEBIAN_SLIPWAYCTL_DESCRIPTION "run and judge release ship-gates from the shell
Runs campaigns of four phases on remote hosts over SSH, judges them from the
evidence that they leave, keeps them in a local archive and publishes them.")
set(CPACK_DEBIAN_SANDBOX_DESCRIPTION "reference node for a ship-gate on one machine
A small server with the surface of the server under test, which slipwayctl
sandbox runs on four hosts of one machine, with networks of their own.")
set(CPACK_DEBIAN_COMMON_DESCRIPTION "libraries that slipway and slipwayctl share
What the window and the shell tool of Slipway have in common.")
include(CPack)
