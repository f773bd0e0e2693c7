/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-day-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What to tell the cashier of a printing or a saving; @user_data is the parent window. */
typedef void (*TillDayPrinted) (const char *words, gpointer user_data);

/* Prints @report, or saves it as PDF, as asked. @told as for till_receipt_print(). */
void till_day_print (TillDayReport *report, GtkWindow *parent, TillDayPrinted told);
void till_day_save (TillDayReport *report, GtkWindow *parent, TillDayPrinted told);

/* Writes @report to @path as PDF, on paper as wide as a receipt printer's. */
gboolean till_day_report_write_pdf (TillDayReport *report, const char *path, GError **error);

/* "takings-2026-11-22.pdf" or "takings-2026-11-22.csv", of when the report was made (transfer full). */
char *till_day_file_name (const TillDayReport *report, const char *ending);

G_END_DECLS
