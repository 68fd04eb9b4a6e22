"""Time limits of the law that run at the desk: started, met, corrected, dismissed; never decided by the desk."""
