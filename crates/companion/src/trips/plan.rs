pub struct PlannedLeg; pub struct PlannedTrip; pub fn plan(){} pub fn seal_trip(){}
