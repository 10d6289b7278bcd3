"""What STS-Dialoog costs, measured: `make bench`. Figures are ratios within one run."""
