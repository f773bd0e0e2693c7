/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-template-scan.h"

#include <immintrin.h>

#define AVX2 __attribute__ ((target ("avx2")))
#define VNNI __attribute__ ((target ("avx512f,avx512bw,avx512vnni")))

#define AVX2_VECTORS (TILL_VISION_EMBEDDING / 32)

G_STATIC_ASSERT (TILL_VISION_EMBEDDING == 512);

static gboolean
till_template_scan_avx2_is_supported (void)
{
  return __builtin_cpu_supports ("avx2");
}

static gboolean
till_template_scan_vnni_is_supported (void)
{
  return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw")
         && __builtin_cpu_supports ("avx512vnni");
}

/* The one instruction for bytes takes one side without sign, so the code's sign goes over to the probe. Two products of
 * 127 x 127 fit 16 bits. */
AVX2 static __m256i
till_template_scan_avx2_sum (const gint8 *code, const gint8 *probe)
{
  const __m256i ones = _mm256_set1_epi16 (1);
  __m256i sum = _mm256_setzero_si256 ();

  for (guint i = 0; i < AVX2_VECTORS; i++)
    {
      __m256i c = _mm256_loadu_si256 ((const __m256i *) code + i);
      __m256i p = _mm256_loadu_si256 ((const __m256i *) probe + i);
      __m256i pairs = _mm256_maddubs_epi16 (_mm256_abs_epi8 (c), _mm256_sign_epi8 (p, c));

      sum = _mm256_add_epi32 (sum, _mm256_madd_epi16 (pairs, ones));
    }
  return sum;
}

AVX2 static gint32
till_template_scan_avx2_across (__m256i sum)
{
  __m128i half = _mm_add_epi32 (_mm256_castsi256_si128 (sum), _mm256_extracti128_si256 (sum, 1));

  half = _mm_add_epi32 (half, _mm_shuffle_epi32 (half, _MM_SHUFFLE (1, 0, 3, 2)));
  half = _mm_add_epi32 (half, _mm_shuffle_epi32 (half, _MM_SHUFFLE (2, 3, 0, 1)));
  return _mm_cvtsi128_si32 (half);
}

AVX2 static void
till_template_scan_avx2_run (const gint8 *codes, gsize n, const gint8 *probe, gint32 *sums)
{
  for (gsize i = 0; i < n; i++)
    sums[i] = till_template_scan_avx2_across (
        till_template_scan_avx2_sum (codes + i * TILL_VISION_EMBEDDING, probe));
}

/* Flipping the sign bit adds 128 to a code's byte and makes it one without sign. */
VNNI static inline __m512i
till_template_scan_vnni_add (__m512i sum, const gint8 *code, __m512i probe)
{
  const __m512i flip = _mm512_set1_epi8 (G_MININT8);

  return _mm512_dpbusd_epi32 (sum, _mm512_xor_si512 (_mm512_loadu_si512 (code), flip), probe);
}

/* The probe stays in eight registers. Two sums, so that one need not wait for the other. */
VNNI static void
till_template_scan_vnni_run (const gint8 *codes, gsize n, const gint8 *probe, gint32 *sums)
{
  const __m512i p0 = _mm512_loadu_si512 (probe), p1 = _mm512_loadu_si512 (probe + 64);
  const __m512i p2 = _mm512_loadu_si512 (probe + 128), p3 = _mm512_loadu_si512 (probe + 192);
  const __m512i p4 = _mm512_loadu_si512 (probe + 256), p5 = _mm512_loadu_si512 (probe + 320);
  const __m512i p6 = _mm512_loadu_si512 (probe + 384), p7 = _mm512_loadu_si512 (probe + 448);
  gint32 added = 0;

  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    added += 128 * probe[i];
  for (gsize i = 0; i < n; i++)
    {
      const gint8 *code = codes + i * TILL_VISION_EMBEDDING;
      __m512i even = till_template_scan_vnni_add (_mm512_setzero_si512 (), code, p0);
      __m512i odd = till_template_scan_vnni_add (_mm512_setzero_si512 (), code + 64, p1);

      even = till_template_scan_vnni_add (even, code + 128, p2);
      odd = till_template_scan_vnni_add (odd, code + 192, p3);
      even = till_template_scan_vnni_add (even, code + 256, p4);
      odd = till_template_scan_vnni_add (odd, code + 320, p5);
      even = till_template_scan_vnni_add (even, code + 384, p6);
      odd = till_template_scan_vnni_add (odd, code + 448, p7);
      sums[i] = _mm512_reduce_add_epi32 (_mm512_add_epi32 (even, odd)) - added;
    }
}

static const TillTemplateScan scans[] = {
  { "AVX-512 VNNI", till_template_scan_vnni_is_supported, till_template_scan_vnni_run },
  { "AVX2", till_template_scan_avx2_is_supported, till_template_scan_avx2_run },
  { "plain C", till_template_scan_plain_is_supported, till_template_scan_plain_run },
};

const TillTemplateScan *
till_template_scan_list (guint *n)
{
  *n = G_N_ELEMENTS (scans);
  return scans;
}
