/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-demo.h"

#include "base/till-error.h"
#include "base/till-installation.h"

#define CLIP "franck.webm"

/* Seconds of the clip: a calm part to enrol from, and one that is neutral for a few seconds and then smiles. */
#define ENROLMENT_SEGMENT "0-40"
#define SALE_SEGMENT      "68-90"

static TillCameraSource *
clip_source (const char *segment, const char *ending, GError **error)
{
  g_autofree char *models = till_installation_get_models_dir ();
  g_autofree char *spec = g_strdup_printf ("clip:%s/" CLIP "@%s%s", models, segment, ending);

  return till_camera_source_parse (spec, error);
}

static gboolean
play_sale_clip (TillShop *shop, GError **error)
{
  TillCheckout *checkout = till_shop_get_checkout (shop);

  if (till_checkout_get_camera_source (checkout) != NULL)
    return TRUE;

  g_autoptr (TillCameraSource) source = clip_source (SALE_SEGMENT, ",loop", error);
  if (source == NULL)
    return FALSE;
  till_checkout_set_camera_source (checkout, source);
  return TRUE;
}

static void
finish (GTask *task)
{
  TillShop *shop = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (play_sale_clip (shop, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_sitting_state (TillSitting *sitting, guint state, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);

  switch ((TillSittingState) state)
    {
    case TILL_SITTING_DETAILS:
      till_sitting_save (sitting, "Franck", TILL_DEMO_SUFFIX, "pm_card_visa");
      break;
    case TILL_SITTING_PIN:
      till_sitting_choose_pin (sitting, NULL);
      break;
    case TILL_SITTING_DONE:
      g_signal_handlers_disconnect_by_data (sitting, task);
      finish (task);
      g_object_unref (task);
      break;
    case TILL_SITTING_FAILED:
      g_signal_handlers_disconnect_by_data (sitting, task);
      g_task_return_error (task, g_error_copy (till_sitting_get_error (sitting)));
      g_object_unref (task);
      break;
    default:
      break;
    }
}

void
till_demo_prepare_async (TillShop *shop,
                         TillSitting **sitting,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (shop, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  gboolean any = FALSE;

  *sitting = NULL;
  if (till_shop_get_face_trouble (shop) != NULL)
    {
      g_task_return_error (task, g_error_copy (till_shop_get_face_trouble (shop)));
      return;
    }
  if (!till_customers_any (till_shop_get_customers (shop), &any, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (any)
    {
      finish (task);
      return;
    }

  g_autoptr (TillCameraSource) source = clip_source (ENROLMENT_SEGMENT, "", &error);
  if (source == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  *sitting = till_sitting_new (shop, source);
  g_signal_connect (*sitting, "state", G_CALLBACK (on_sitting_state), g_object_ref (task));
  till_sitting_choose_keep (*sitting, TILL_SITTING_KEEP_AT_SHOP);
  till_sitting_choose_age (*sitting, TILL_SITTING_AGE_ADULT);
  till_sitting_agree (*sitting);
}

gboolean
till_demo_prepare_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
