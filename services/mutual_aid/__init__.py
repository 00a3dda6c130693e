"""Women's special-disease mutual aid (女职工特殊疾病互助保障): schemes, joining as a unit, claiming, being paid."""
