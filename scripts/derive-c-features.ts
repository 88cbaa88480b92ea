// Derives data/c-features.yaml: compilers' answers to `__has_attribute(NAME)` and the like.
//   npx tsx scripts/derive-c-features.ts gcc='musl-gcc -O2' clang='zig cc -target x86_64-linux-musl -O2' > data/c-features.yaml
import { spawnSync } from 'node:child_process';

/** Names that C and C++ sources ask about. */
const asked: Record<string, string> = {
  __has_attribute:
    'access alias aligned alloc_align alloc_size always_inline annotate artificial assume assume_aligned availability blocks cleanup cold common const constructor copy counted_by deprecated destructor diagnose_if enable_if enum_extensibility error ext_vector_type externally_visible fallthrough flag_enum flatten format format_arg gnu_inline hot ifunc internal_linkage leaf lto_visibility_public malloc may_alias minsize mode musttail naked no_address_safety_analysis no_icf no_instrument_function no_profile_instrument_function no_reorder no_sanitize no_sanitize_address no_sanitize_memory no_sanitize_thread no_sanitize_undefined no_stack_protector no_thread_safety_analysis noclone noderef noescape noinit noinline noipa nonnull nonstring noreturn nothrow nouwtable objc_arc objc_boxable optimize optnone overloadable packed patchable_function_entry preserve_all preserve_most pure require_constant_initialization retain returns_nonnull returns_twice section sentinel simd speculative_load_hardening swiftcall symver sysv_abi target target_clones tls_model transparent_union type_visibility unavailable unused used uninitialized vector_size visibility warn_unused_result warning weak weakref zero_call_used_regs acquire_capability exclude_from_explicit_instantiation requires_capability using_if_exists',
  __has_c_attribute: 'deprecated fallthrough maybe_unused nodiscard noreturn clang::fallthrough gnu::fallthrough',
  __has_cpp_attribute:
    'clang::fallthrough gnu::fallthrough fallthrough nodiscard maybe_unused likely unlikely no_unique_address deprecated noreturn assume _Clang::__acquire_shared_capability__ _Clang::__capability__ _Clang::__lifetimebound__ _Clang::__no_destroy__ _Clang::__no_specializations__ _Clang::__no_thread_safety_analysis__ _Clang::__noescape__ _Clang::__preferred_name__ _Clang::__ptrauth_vtable_pointer__ _Clang::__release_capability__ _Clang::__release_shared_capability__ _Clang::__scoped_lockable__ _Clang::__try_acquire_capability__ _Clang::__try_acquire_shared_capability__ msvc::no_unique_address',
  __has_builtin:
    '__builtin_add_overflow __builtin_alloca __builtin_alloca_with_align __builtin_assume __builtin_assume_aligned __builtin_available __builtin_bit_cast __builtin_bitreverse32 __builtin_bitreverse64 __builtin_bitreverse8 __builtin_bswap16 __builtin_bswap32 __builtin_bswap64 __builtin_choose_expr __builtin_clz __builtin_clzll __builtin_complex __builtin_constant_p __builtin_convertvector __builtin_cpu_init __builtin_cpu_supports __builtin_ctz __builtin_ctzl __builtin_ctzll __builtin_debugtrap __builtin_dynamic_object_size __builtin_elementwise_abs __builtin_elementwise_max __builtin_elementwise_min __builtin_expect __builtin_expect_with_probability __builtin_ffs __builtin_frame_address __builtin_has_attribute __builtin_huge_val __builtin_is_constant_evaluated __builtin_launder __builtin_memcmp __builtin_memcpy __builtin_memcpy_inline __builtin_memmove __builtin_memset __builtin_mul_overflow __builtin_nan __builtin_nontemporal_load __builtin_nontemporal_store __builtin_object_size __builtin_offsetof __builtin_popcount __builtin_popcountll __builtin_prefetch __builtin_readcyclecounter __builtin_return_address __builtin_rotateleft32 __builtin_rotateleft64 __builtin_rotateright32 __builtin_rotateright64 __builtin_saddll_overflow __builtin_shuffle __builtin_shufflevector __builtin_strlen __builtin_sub_overflow __builtin_trap __builtin_types_compatible_p __builtin_umul_overflow __builtin_unreachable __builtin_va_copy __builtin_va_list __c11_atomic_load __c11_atomic_fetch_add __atomic_load __atomic_load_n __atomic_add_fetch __atomic_fetch_add __atomic_compare_exchange_n __atomic_exchange_n __atomic_store_n __sync_add_and_fetch __sync_synchronize __sync_val_compare_and_swap __sync_fetch_and_add __sync_bool_compare_and_swap __is_trivially_copyable __is_constructible __is_same __make_integer_seq __type_pack_element __is_final __is_aggregate _mm_pause __rdtsc __debugbreak __array_extent __array_rank __builtin_bswap128 __builtin_char_memchr __builtin_clear_padding __builtin_clzl __builtin_common_type __builtin_coro_noop __builtin_elementwise_sub_sat __builtin_invoke __builtin_invoke_r __builtin_is_implicit_lifetime __builtin_is_virtual_base_of __builtin_is_within_lifetime __builtin_isinf __builtin_lt_synthesizes_from_spaceship __builtin_spirv_num_workgroups __builtin_verbose_trap __builtin_wcslen __builtin_wmemchr __builtin_wmemcmp __cpuidex __has_trivial_destructor __is_compound __is_const __is_destructible __is_fundamental __is_integral __is_lvalue_reference __is_nothrow_destructible __is_rvalue_reference __is_scalar __is_signed __is_trivially_destructible __is_trivially_equality_comparable __is_trivially_relocatable __is_unsigned __is_volatile __make_signed __make_unsigned __remove_const __remove_cv __remove_cvref __remove_pointer __remove_reference __remove_reference_t __remove_volatile isinf strlcpy',
  __has_feature:
    'address_sanitizer hwaddress_sanitizer memory_sanitizer thread_sanitizer undefined_behavior_sanitizer dataflow_sanitizer leak_sanitizer coverage_sanitizer safe_stack shadow_call_stack cfi attribute_overloadable attribute_analyzer_noreturn attribute_availability attribute_deprecated_with_message attribute_ext_vector_type blocks c_alignas c_alignof c_atomic c_generic_selections c_static_assert c_thread_local cxx_alias_templates cxx_alignas cxx_alignof cxx_atomic cxx_attributes cxx_auto_type cxx_constexpr cxx_decltype cxx_decltype_auto cxx_defaulted_functions cxx_deleted_functions cxx_exceptions cxx_explicit_conversions cxx_generalized_initializers cxx_inheriting_constructors cxx_inline_namespaces cxx_lambdas cxx_noexcept cxx_nullptr cxx_override_control cxx_range_for cxx_raw_string_literals cxx_reference_qualified_functions cxx_relaxed_constexpr cxx_return_type_deduction cxx_rtti cxx_rvalue_references cxx_static_assert cxx_strong_enums cxx_thread_local cxx_trailing_return cxx_unicode_literals cxx_unrestricted_unions cxx_user_literals cxx_variable_templates cxx_variadic_templates modules nullability nullability_on_arrays objc_arc objc_arc_weak objc_fixed_enum objc_generics objc_instancetype objc_kindof ptrauth_calls ptrauth_intrinsics tls attribute_unused_on_fields enumerator_attributes assume_nonnull realtime_sanitizer type_sanitizer attribute_deprecated experimental_library ptrauth_function_pointer_type_discrimination ptrauth_objc_interface_sel ptrauth_objc_method_list_pointer ptrauth_restricted_intptr_qualifier ptrauth_type_info_vtable_pointer_discrimination',
  __has_extension:
    'attribute_deprecated_with_message blocks c_alignas c_alignof c_atomic c_generic_selections c_static_assert c_thread_local cxx_alias_templates cxx_atomic cxx_binary_literals cxx_constexpr cxx_decltype cxx_nullptr cxx_static_assert cxx_strong_enums cxx_thread_local cxx_unicode_literals define_target_os_macros enumerator_attributes gnu_asm overloadable_unmarked statement_attributes_with_gnu_syntax datasizeof',
  __has_warning: '"-Wall" "-Wextra" "-Wunused" warning',
  __building_module: '_Builtin_intrinsics _Builtin_stddef _Builtin_stdarg',
  __has_declspec_attribute: 'align dllexport dllimport noreturn uuid __x empty_bases',
};

const out: string[] = [];
const versions: string[] = [];
for (const argument of process.argv.slice(2)) {
  const [family = '', command = ''] = argument.split(/=(.*)/s);
  const [file = '', ...rest] = command.split(' ');
  const ask = (input: string, language: string) =>
    spawnSync(file, [...rest, '-E', '-P', '-x', language, '-'], { input, encoding: 'utf8' }).stdout;
  versions.push(`${family} ${ask('__VERSION__', 'c').trim().replaceAll('"', '')}`);
  for (const language of ['c', 'c++']) {
    out.push(`${family} ${language}:`);
    for (const [operator, names] of Object.entries(asked)) {
      const list = names.split(' ');
      const lines = list.map((name, at) => `@${at} ${operator}(${name})`);
      const tests = lines.map(
        (line) => `#if ${line.replace(/^\S+ /, '')}\n${line}\n#else\n${line.split(' ')[0]} 0\n#endif`,
      );
      const answers: Record<string, string[]> = {};
      for (const line of ask([`#ifdef ${operator}`, ...tests, '#endif'].join('\n'), language).matchAll(
        /^@(\d+) (.*)$/gm,
      )) {
        const value = (line[2] ?? '').replace(/L$/, '');
        if (/^\d+$/.test(value)) answers[value] = [...(answers[value] ?? []), list[Number(line[1])] ?? ''];
      }
      if (Object.keys(answers).length === 0) continue;
      out.push(`  ${operator}: |`, ...Object.entries(answers).map(([value, of]) => `    ${value}: ${of.join(' ')}`));
    }
  }
}
process.stdout.write(
  [
    '# What compilers answer to __has_attribute(NAME) and the like; a name that is not here is not known.',
    `# Derived by scripts/derive-c-features.ts: ${versions.join('; ')}, amd64, -O2.`,
    ...out,
    '',
  ].join('\n'),
);
