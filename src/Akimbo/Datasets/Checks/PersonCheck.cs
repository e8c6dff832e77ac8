using Akimbo.Geometry;
using Akimbo.Skeletons;

namespace Akimbo.Datasets.Checks;

/// <summary>Looks at the people of one picture after the other.</summary>
internal sealed class PersonCheck(Skeleton skeleton, FindingList findings, DatasetCheckOptions options)
{
    private const double HalfPixel = 0.5;
    private const int MinCommonKeypoints = 3;
    private const int MaxComparedPeople = 1000;

    /// <summary>Checks everyone in a picture of the given size, where it is known.</summary>
    public void Check(PoseSample sample, (int Width, int Height)? size)
    {
        string image = Path.GetFileName(sample.ImagePath);
        for (int p = 0; p < sample.People.Count; p++)
        {
            AnnotatedPerson person = sample.People[p];
            string who = $"{image}, person {p + 1}";
            CheckArea(person, who);
            for (int k = 0; k < person.Keypoints.Count; k++)
                if (person.Keypoints[k].IsLabelled) CheckKeypoint(person, k, size, who);
            if (p < MaxComparedPeople) FindTwin(sample, p, image);
        }
    }

    private void CheckArea(AnnotatedPerson person, string who)
    {
        if (person.Area is { } area && !(area > 0))
            findings.Add(DatasetProblem.ZeroArea, $"{who}: area {area}");
        else if (person.Box is { } box && !(box.Width > 0 && box.Height > 0))
            findings.Add(DatasetProblem.ZeroArea, $"{who}: box of {box.Width:0.#}×{box.Height:0.#}");
        else if (person.LabelledCount > 1 && person.KeypointBox() is { Width: 0, Height: 0 } point)
            findings.Add(DatasetProblem.ZeroArea, $"{who}: all keypoints at ({point.X:0.#}, {point.Y:0.#})");
    }

    private void CheckKeypoint(AnnotatedPerson person, int index, (int Width, int Height)? size, string who)
    {
        ImagePoint at = person.Keypoints[index].Position;
        string name = skeleton.Keypoints[index];
        if (size is { } image && !(at.X >= -HalfPixel && at.Y >= -HalfPixel && at.X <= image.Width - HalfPixel && at.Y <= image.Height - HalfPixel))
            findings.Add(DatasetProblem.KeypointOutsideImage, $"{who}: {name} at ({at.X:0.#}, {at.Y:0.#}) of {image.Width}×{image.Height}");

        if (person.Box is not { } box) return;
        double slack = options.BoxTolerance * Math.Max(box.Width, box.Height) + 1;
        if (!(at.X >= box.X - slack && at.Y >= box.Y - slack && at.X <= box.Right + slack && at.Y <= box.Bottom + slack))
            findings.Add(DatasetProblem.KeypointOutsideBox, $"{who}: {name} at ({at.X:0.#}, {at.Y:0.#}), box {box.X:0.#}, {box.Y:0.#}, {box.Width:0.#}×{box.Height:0.#}");
    }

    private void FindTwin(PoseSample sample, int second, string image)
    {
        for (int first = 0; first < second; first++)
        {
            if (!AreSame(sample.People[first], sample.People[second])) continue;
            findings.Add(DatasetProblem.DuplicatePerson, $"{image}: persons {first + 1} and {second + 1}");
            return;
        }
    }

    private bool AreSame(AnnotatedPerson first, AnnotatedPerson second)
    {
        if (first.IsCrowd || second.IsCrowd) return false;
        double sum = 0;
        int common = 0;
        for (int k = 0; k < first.Keypoints.Count; k++)
        {
            if (!first.Keypoints[k].IsLabelled || !second.Keypoints[k].IsLabelled) continue;
            sum += first.Keypoints[k].Position.DistanceTo(second.Keypoints[k].Position);
            common++;
        }

        if (common >= MinCommonKeypoints)
            return sum / common < options.DuplicateTolerance * Math.Sqrt(Math.Max(first.KeypointBox()!.Value.Area, second.KeypointBox()!.Value.Area));
        return common == 0 && first.Box is { } a && second.Box is { } b && a.IntersectionOverUnion(b) > 1 - options.DuplicateTolerance;
    }
}
