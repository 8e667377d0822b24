"""From a reading to records: values a person may change, the bodies they name, and what confirming makes."""
