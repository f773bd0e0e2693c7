/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-goods-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* Tints that style.css knows for categories. */
#define N_HUES 6

struct _TillGoodsView
{
  GtkWidget parent_instance;

  TillCatalogue *catalogue;
  GListStore *shown;    /* of TillArticle */
  const char *category; /* the catalogue's own string; NULL for all */

  GtkWidget *content;
  GtkSearchEntry *search;
  GtkFlowBox *categories;
  GtkStack *results;
  GtkGridView *grid;
};

G_DEFINE_FINAL_TYPE (TillGoodsView, till_goods_view, GTK_TYPE_WIDGET)

GtkWidget *
till_goods_view_new (void)
{
  return g_object_new (TILL_TYPE_GOODS_VIEW, NULL);
}

static void
show_results (TillGoodsView *self)
{
  g_autoptr (GPtrArray) found = till_catalogue_search (
      self->catalogue, gtk_editable_get_text (GTK_EDITABLE (self->search)), self->category);

  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)), found->pdata,
                       found->len);
  gtk_stack_set_visible_child_name (self->results, found->len > 0 ? "goods" : "nothing");
}

static void
on_search_changed (TillGoodsView *self)
{
  if (self->catalogue != NULL)
    show_results (self);
}

/* Enter: a scanner's barcode, or the first of what was found. */
static void
on_search_activate (TillGoodsView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (*text == '\0' || self->catalogue == NULL)
    return;
  if (till_barcode_check (text, NULL))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.add-barcode", "s", text);
  else
    {
      g_autoptr (GPtrArray) found = till_catalogue_search (self->catalogue, text, self->category);

      if (found->len == 0)
        return;
      gtk_widget_activate_action (GTK_WIDGET (self), "app.add-article", "s",
                                  till_article_get_id (g_ptr_array_index (found, 0)));
    }
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
on_tile_activated (TillGoodsView *self, guint position)
{
  g_autoptr (TillArticle) article = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (article != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.add-article", "s", till_article_get_id (article));
}

/* Tiles */

static GtkWidget *
tile_label (const char *css_class, int lines)
{
  GtkWidget *label = gtk_label_new (NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  return label;
}

static void
on_tile_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *tile = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *name = tile_label (NULL, 2);

  gtk_widget_add_css_class (tile, "tile");
  gtk_widget_add_css_class (tile, "card");
  gtk_widget_set_size_request (tile, 100, 136);
  gtk_widget_set_vexpand (name, TRUE);
  gtk_box_append (GTK_BOX (tile), tile_label ("picture", 1));
  gtk_box_append (GTK_BOX (tile), name);
  gtk_box_append (GTK_BOX (tile), tile_label ("price", 1));
  gtk_list_item_set_child (item, tile);
}

/* Some machines have no typeface with pictures. */
static gboolean
can_draw (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);

  return pango_layout_get_unknown_glyphs_count (layout) == 0;
}

static guint
hue_of (TillGoodsView *self, TillArticle *article)
{
  const char *const *names = till_catalogue_get_categories (self->catalogue);
  guint hue = 0;

  while (names[hue] != NULL && g_strcmp0 (names[hue], till_article_get_category (article)) != 0)
    hue++;
  return hue % N_HUES;
}

static void
show_picture (TillGoodsView *self, GtkWidget *picture, TillArticle *article)
{
  const char *emoji = till_article_get_emoji (article);
  const char *name = till_article_get_name (article);
  g_autofree char *initial = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), 1));
  g_autofree char *hue = g_strdup_printf ("hue-%u", hue_of (self, article));

  gtk_label_set_text (GTK_LABEL (picture), emoji != NULL && can_draw (picture, emoji) ? emoji : initial);
  gtk_widget_set_css_classes (picture, (const char *[]){ "picture", hue, NULL });
}

static void
on_tile_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  TillArticle *article = gtk_list_item_get_item (item);
  GtkWidget *tile = gtk_list_item_get_child (item);
  GtkWidget *picture = gtk_widget_get_first_child (tile);
  GtkWidget *name = gtk_widget_get_next_sibling (picture);
  g_autofree char *price = till_money_format (till_article_get_price (article));

  show_picture (user_data, picture, article);
  gtk_label_set_text (GTK_LABEL (name), till_article_get_name (article));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (tile)), price);
  gtk_widget_set_tooltip_text (tile, till_article_get_name (article));
}

/* Categories */

static void
on_category_toggled (GtkToggleButton *button, gpointer user_data)
{
  TillGoodsView *self = user_data;

  if (!gtk_toggle_button_get_active (button))
    return;
  self->category = g_object_get_data (G_OBJECT (button), "category");
  show_results (self);
}

static GtkToggleButton *
add_category (TillGoodsView *self, const char *label, const char *category, GtkToggleButton *group)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
  g_object_set_data (G_OBJECT (button), "category", (gpointer) category);
  gtk_flow_box_insert (self->categories, button, -1);
  /* The button inside has the focus, not the cell around it. */
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
  return GTK_TOGGLE_BUTTON (button);
}

void
till_goods_view_set_catalogue (TillGoodsView *self, TillCatalogue *catalogue)
{
  const char *const *names = till_catalogue_get_categories (catalogue);

  g_return_if_fail (TILL_IS_GOODS_VIEW (self));
  g_return_if_fail (self->catalogue == NULL);

  self->catalogue = g_object_ref (catalogue);
  GtkToggleButton *all = add_category (self, _ ("All"), NULL, NULL);
  gtk_toggle_button_set_active (all, TRUE);
  for (guint i = 0; names[i] != NULL; i++)
    g_signal_connect (add_category (self, names[i], names[i], all), "toggled",
                      G_CALLBACK (on_category_toggled), self);
  g_signal_connect (all, "toggled", G_CALLBACK (on_category_toggled), self);
  show_results (self);
}

void
till_goods_view_capture_keys (TillGoodsView *self, GtkWidget *widget)
{
  g_return_if_fail (TILL_IS_GOODS_VIEW (self));

  gtk_search_entry_set_key_capture_widget (self->search, widget);
}

static void
till_goods_view_dispose (GObject *object)
{
  TillGoodsView *self = TILL_GOODS_VIEW (object);

  g_clear_object (&self->catalogue);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (till_goods_view_parent_class)->dispose (object);
}

static void
till_goods_view_class_init (TillGoodsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_goods_view_dispose;
  g_type_ensure (ADW_TYPE_STATUS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/smiletill/Smiletill/ui/goods-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TillGoodsView, content);
  gtk_widget_class_bind_template_child (widget_class, TillGoodsView, search);
  gtk_widget_class_bind_template_child (widget_class, TillGoodsView, categories);
  gtk_widget_class_bind_template_child (widget_class, TillGoodsView, results);
  gtk_widget_class_bind_template_child (widget_class, TillGoodsView, grid);
}

static void
till_goods_view_init (TillGoodsView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->shown = g_list_store_new (TILL_TYPE_ARTICLE);
  g_signal_connect (factory, "setup", G_CALLBACK (on_tile_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_tile_bind), self);
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_grid_view_set_factory (self->grid, factory);
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (selection));
  g_signal_connect_swapped (self->grid, "activate", G_CALLBACK (on_tile_activated), self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search_changed), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_search_activate), self);
}
