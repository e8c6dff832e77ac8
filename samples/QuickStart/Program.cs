using Akimbo;
using Akimbo.Imaging;
using Akimbo.Rendering;

using var estimator = PoseEstimator.LoadDefault();
var photo = Image.Load("photo.jpg");
var people = estimator.Estimate(photo);

foreach (var person in people)
    Console.WriteLine($"{person.Score:0.00}: head at {person["head_top"].Position}");

PoseOverlay.Draw(photo, people, estimator.Skeleton);
photo.Save("people.png");
