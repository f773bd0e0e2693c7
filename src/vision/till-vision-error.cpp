/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-vision-error.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace till
{

VisionError::VisionError (TillError code, std::string message)
    : m_code (code), m_message (std::move (message))
{
}

TillError
VisionError::code () const noexcept
{
  return m_code;
}

const char *
VisionError::what () const noexcept
{
  return m_message.c_str ();
}

void
fail (TillError code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  throw VisionError (code, message);
}

std::string
in_words (const cv::Exception &exception)
{
  std::string words = exception.err + " (" + exception.func + ")";

  std::replace (words.begin (), words.end (), '\n', ' ');
  return words;
}

void
take_exception (GError **error, const char *doing) noexcept
{
  try
    {
      throw;
    }
  catch (const VisionError &e)
    {
      g_set_error_literal (error, TILL_ERROR, e.code (), e.what ());
    }
  catch (const cv::Exception &e)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "%s: OpenCV says %s", doing, in_words (e).c_str ());
    }
  catch (const std::bad_alloc &)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE, "%s: out of memory", doing);
    }
  catch (const std::exception &e)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "%s: %s", doing, e.what ());
    }
  catch (...)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "%s: an unknown exception", doing);
    }
}

} // namespace till
