# SPDX-License-Identifier: GPL-3.0-or-later
# Each reader for ten seconds, from the kept corpus on; what is found goes into the build tree.
set(fuzz_dir "${CMAKE_BINARY_DIR}/fuzz")
add_test(NAME fuzz_build COMMAND "${CMAKE_CURRENT_LIST_DIR}/build.sh" "${CMAKE_CURRENT_LIST_DIR}" "${fuzz_dir}")
set_tests_properties(fuzz_build PROPERTIES FIXTURES_SETUP fuzz LABELS fuzz TIMEOUT 900)
foreach(name report summary insights cycleline redaction inventories sshtext stream unpacking)
  file(MAKE_DIRECTORY "${fuzz_dir}/found/${name}")
  add_test(NAME fuzz_${name}
    COMMAND "${fuzz_dir}/fuzz_${name}" -max_total_time=10 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
      "-artifact_prefix=${fuzz_dir}/" "${fuzz_dir}/found/${name}" "${CMAKE_CURRENT_LIST_DIR}/corpus/${name}")
  set_tests_properties(fuzz_${name} PROPERTIES FIXTURES_REQUIRED fuzz LABELS fuzz TIMEOUT 120)
endforeach()
# A planted fault must be found, else nothing would be.
add_test(NAME fuzz_can_turn_red COMMAND "${fuzz_dir}/fuzz_planted" -max_total_time=60 "-artifact_prefix=${fuzz_dir}/")
set_tests_properties(fuzz_can_turn_red PROPERTIES FIXTURES_REQUIRED fuzz LABELS fuzz TIMEOUT 120 WILL_FAIL TRUE)
