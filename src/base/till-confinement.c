/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-confinement.h"

#include "base/till-error.h"

#include <errno.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

/* PR_SET_VMA of Linux 5.17, by which sanitizers name their memory. */
#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif

/* A wake-up of a main loop: one eventfd's counter. */
#define TILL_CONFINEMENT_EVENT_SIZE 8

static GPrivate entered;

/* Whatever their arguments. */
static const int allowed[] = {
  /* memory */
  SCMP_SYS (brk),
  SCMP_SYS (munmap),
  SCMP_SYS (mremap),
  SCMP_SYS (madvise),
  SCMP_SYS (mlock),
  SCMP_SYS (mlock2),
  SCMP_SYS (munlock),
  SCMP_SYS (membarrier),
  /* threads and locks */
  SCMP_SYS (futex),
  SCMP_SYS (set_robust_list),
  SCMP_SYS (get_robust_list),
  SCMP_SYS (rseq),
  SCMP_SYS (set_tid_address),
  SCMP_SYS (sched_yield),
  SCMP_SYS (sched_getaffinity),
  SCMP_SYS (sched_getparam),
  SCMP_SYS (sched_getscheduler),
  SCMP_SYS (sched_get_priority_min),
  SCMP_SYS (sched_get_priority_max),
  SCMP_SYS (getcpu),
  SCMP_SYS (exit),
  SCMP_SYS (exit_group),
  /* clocks */
  SCMP_SYS (clock_gettime),
  SCMP_SYS (clock_getres),
  SCMP_SYS (clock_nanosleep),
  SCMP_SYS (nanosleep),
  SCMP_SYS (gettimeofday),
  SCMP_SYS (time),
  SCMP_SYS (restart_syscall),
  /* signals to itself, as a crash needs */
  SCMP_SYS (rt_sigaction),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (sigaltstack),
  /* waiting on what is open */
  SCMP_SYS (poll),
  SCMP_SYS (ppoll),
  /* asking about itself */
  SCMP_SYS (getpid),
  SCMP_SYS (gettid),
  SCMP_SYS (getrusage),
  SCMP_SYS (sysinfo),
  SCMP_SYS (getrandom),
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  /* They learn whether memory can be read by writing it into a pipe, and take a refusal for a bad pointer. */
  SCMP_SYS (pipe),
  SCMP_SYS (pipe2),
  SCMP_SYS (close),
  SCMP_SYS (read),
  SCMP_SYS (write),
#endif
};

typedef struct
{
  int call;
  struct scmp_arg_cmp condition;
} TillConfinementRule;

/* Memory that is no file's: to share pages with a file that is open is to write it. */
static int
till_confinement_allow_memory (scmp_filter_ctx filter)
{
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 2,
                           SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                           SCMP_A3 (SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));
}

static int
till_confinement_allow_conditionally (scmp_filter_ctx filter)
{
  const TillConfinementRule rules[] = {
    { SCMP_SYS (mprotect), SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0) },
    { SCMP_SYS (clone), SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM) },
    { SCMP_SYS (tgkill), SCMP_A0 (SCMP_CMP_EQ, (scmp_datum_t) getpid ()) },
    { SCMP_SYS (prlimit64), SCMP_A2 (SCMP_CMP_EQ, 0) },
    { SCMP_SYS (prctl), SCMP_A0 (SCMP_CMP_EQ, PR_SET_NAME) },
    { SCMP_SYS (prctl), SCMP_A0 (SCMP_CMP_EQ, PR_GET_NAME) },
    { SCMP_SYS (prctl), SCMP_A0 (SCMP_CMP_EQ, PR_SET_VMA) },
    { SCMP_SYS (read), SCMP_A2 (SCMP_CMP_EQ, TILL_CONFINEMENT_EVENT_SIZE) },
    { SCMP_SYS (write), SCMP_A2 (SCMP_CMP_EQ, TILL_CONFINEMENT_EVENT_SIZE) },
    { SCMP_SYS (write), SCMP_A0 (SCMP_CMP_EQ, STDOUT_FILENO) },
    { SCMP_SYS (write), SCMP_A0 (SCMP_CMP_EQ, STDERR_FILENO) },
    { SCMP_SYS (writev), SCMP_A0 (SCMP_CMP_EQ, STDERR_FILENO) },
  };
  int result = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rules) && result == 0; i++)
    result = seccomp_rule_add_array (filter, SCMP_ACT_ALLOW, rules[i].call, 1, &rules[i].condition);
  return result;
}

/* 0 or a negative errno. */
static int
till_confinement_fill (scmp_filter_ctx filter)
{
  int result = 0;

  for (guint i = 0; i < G_N_ELEMENTS (allowed) && result == 0; i++)
    result = seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed[i], 0);
  if (result == 0)
    result = till_confinement_allow_memory (filter);
  if (result == 0)
    result = till_confinement_allow_conditionally (filter);
  /* Its flags are in memory, where no filter looks: the C library then falls back on clone(). */
  if (result == 0)
    result = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0);
  return result;
}

static gboolean
till_confinement_is_missing (void)
{
  return prctl (PR_GET_SECCOMP, 0, 0, 0, 0) < 0 && errno == EINVAL;
}

static void
till_confinement_warn_missing (void)
{
  static int told = 0;

  if (g_atomic_int_compare_and_exchange (&told, 0, 1))
    g_warning ("this kernel has no seccomp: recognition runs unconfined");
}

gboolean
till_confinement_enter (GError **error)
{
  scmp_filter_ctx filter;
  int result;

  if (till_confinement_is_missing ())
    {
      till_confinement_warn_missing ();
      return TRUE;
    }
  filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  result = filter != NULL ? till_confinement_fill (filter) : -ENOMEM;
  if (result == 0)
    result = seccomp_load (filter);
  seccomp_release (filter);
  if (result == 0)
    {
      g_private_set (&entered, GINT_TO_POINTER (1));
      return TRUE;
    }
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "recognition can't be confined: %s",
               g_strerror (-result));
  return FALSE;
}

gboolean
till_confinement_is_entered (void)
{
  return g_private_get (&entered) != NULL;
}
