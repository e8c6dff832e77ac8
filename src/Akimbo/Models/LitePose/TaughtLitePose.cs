using Akimbo.Networks;
using Akimbo.Networks.Layers;
using Akimbo.Tensors;

namespace Akimbo.Models.LitePose;

/// <summary>
/// A LitePose beside another of which it is to learn the inner maps (FitNets, Romero et al., ICLR 2015). The student may have as
/// many blocks as the teacher or a whole fraction of them; each then stands for several of the teacher's. The teacher's maps are
/// brought to mean 0 and variance 1 or so, where BatchNorms begin.
/// </summary>
internal sealed class TaughtLitePose : Network
{
    /// <summary>Under what the teacher's parameters are named.</summary>
    public const string TeacherScope = "teacher";

    private readonly LitePose _student, _teacher;
    private readonly int[] _taps;
    private readonly BatchNorm2d[] _normalisations;

    /// <param name="student">The network that learns.</param>
    /// <param name="teacher">The network that it learns from, with weights.</param>
    /// <exception cref="ArgumentException">The widths differ, or the depths do not go together.</exception>
    public TaughtLitePose(LitePose student, LitePose teacher) : base(student)
    {
        _student = student;
        ParameterScope scope = new ParameterScope() / TeacherScope;
        _teacher = new LitePose(teacher.Options, scope);
        foreach (var (own, from) in _teacher.Parameters.Zip(teacher.Parameters)) own.Value = from.Value;
        (int Tap, Moments Moments)[] taps = [.. TapsOf(student.Options, teacher)];
        _taps = [.. taps.Select(tap => tap.Tap)];
        _normalisations = [.. taps.Select((tap, i) => tap.Moments.ToLayer(scope / "normalisation" / i))];
    }

    /// <summary>How many inner maps are compared.</summary>
    public int FeatureCount => _taps.Length;

    public override string Name => $"{_student.Name} taught by {_teacher.Name}";

    /// <summary>How many outputs the student has.</summary>
    public int OutputCount => _student.Options.DecoderChannels.Count - 1;

    /// <summary>The student by itself: its outputs, then its inner maps.</summary>
    public Network Student => new Part(_student, $"{_student.Name} with inner maps", input =>
    {
        List<Value> given = [];
        IReadOnlyList<Value> outputs = _student.Forward(input, Recorded(given));
        return [.. outputs, .. given];
    });

    /// <summary>The teacher by itself: what the student's inner maps should be, then the teacher's outputs.</summary>
    public Network Teacher => new Part(_teacher, $"{_teacher.Name} as a teacher", input =>
    {
        var (wanted, outputs) = Teach(input);
        return [.. wanted, .. outputs];
    });

    /// <summary>Both, the student's parts being given the teacher's maps.</summary>
    /// <param name="input">[N, 3, H, W].</param>
    /// <returns>The outputs of <see cref="Student"/>, then those of <see cref="Teacher"/>.</returns>
    public override IReadOnlyList<Value> Forward(Value input)
    {
        var (wanted, teachers) = Teach(input);
        List<Value> given = [];
        IReadOnlyList<Value> outputs = _student.Forward(input, value =>
        {
            given.Add(value);
            return wanted[given.Count - 1];
        });
        return [.. outputs, .. given, .. wanted, .. teachers];
    }

    private (Value[] Wanted, IReadOnlyList<Value> Outputs) Teach(Value input)
    {
        List<Value> seen = [];
        IReadOnlyList<Value> outputs = _teacher.Forward(input, Recorded(seen));
        return ([.. _taps.Select((tap, i) => _normalisations[i].Forward(seen[tap]))], outputs);
    }

    private static Func<Value, Value> Recorded(List<Value> values) => value =>
    {
        values.Add(value);
        return value;
    };

    /// <summary>For each of the student's inner maps, which of the teacher's it should be, and how that is distributed.</summary>
    private static IEnumerable<(int Tap, Moments Moments)> TapsOf(LitePoseOptions student, LitePose teacher)
    {
        LitePoseOptions options = teacher.Options;
        if (options.InputChannels != student.InputChannels || !options.StageChannels.SequenceEqual(student.StageChannels) || !options.StageStrides.SequenceEqual(student.StageStrides)
            || !options.DecoderChannels.Take(student.DecoderChannels.Count).SequenceEqual(student.DecoderChannels) || options.DecoderChannels.Count < student.DecoderChannels.Count)
            throw new ArgumentException("A LitePose learns the inner maps of one with the same widths and strides of stages and decoder.");
        var weights = teacher.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);
        yield return (0, Moments.Of(weights, ["first.3"]));
        int tap = 0;
        for (int s = 0; s < options.StageBlocks.Count; s++)
        {
            var (ratio, rest) = Math.DivRem(options.StageBlocks[s], student.StageBlocks[s]);
            if (rest != 0) throw new ArgumentException($"Stage {s} of the teacher has {options.StageBlocks[s]} blocks; the student's {student.StageBlocks[s]} do not divide them.");
            // One variance a stage, so that what a block adds to its input is added to it likewise.
            string[] layers = [.. Enumerable.Range(0, options.StageBlocks[s]).Select(b => $"stage.{s}.{b}.point_conv.1")];
            float[] variance = Moments.Of(weights, layers).Variance;
            for (int b = 1; b <= student.StageBlocks[s]; b++) yield return (tap += ratio, Moments.Of(weights, layers[..(b * ratio)]) with { Variance = variance });
        }

        for (int i = 0; i < student.DecoderChannels.Count; i++) yield return (++tap, Moments.Of(weights, [$"deconv_bnrelu.{i}.0"]).WithoutMean());
    }

    private sealed class Part(Network inner, string name, Func<Value, IReadOnlyList<Value>> forward) : Network(inner)
    {
        public override string Name => name;

        public override IReadOnlyList<Value> Forward(Value input) => forward(input);
    }

    /// <summary>The mean and variance of channels: what BatchNorms that add up give, taken for independent.</summary>
    private sealed record Moments(float[] Mean, float[] Variance)
    {
        private const float LeastVariance = 1e-4f;

        public static Moments Of(Dictionary<string, Tensor> weights, string[] layers)
        {
            float[] mean = new float[weights[$"{layers[0]}.bias"].Span.Length], variance = new float[mean.Length];
            foreach (string layer in layers)
                for (int c = 0; c < mean.Length; c++)
                {
                    mean[c] += weights[$"{layer}.bias"].Span[c];
                    variance[c] += weights[$"{layer}.weight"].Span[c] * weights[$"{layer}.weight"].Span[c];
                }

            return new Moments(mean, [.. variance.Select(value => Math.Max(value, LeastVariance))]);
        }

        /// <summary>Where zero must stay, for a ReLU.</summary>
        public Moments WithoutMean() => this with { Mean = new float[Mean.Length] };

        public BatchNorm2d ToLayer(ParameterScope scope)
        {
            var layer = new BatchNorm2d(scope, Mean.Length);
            float[] ones = [.. Mean.Select(_ => 1f)];
            foreach (Parameter parameter in scope.Parameters.Where(parameter => parameter.IsIn(scope.Path)))
                parameter.Value = parameter.Shape.Rank == 0 ? new Tensor(parameter.Shape) : new Tensor(parameter.Shape, ValuesOf(parameter.Name));
            return layer;

            float[] ValuesOf(string name) => name[(scope.Path.Length + 1)..] switch
            {
                "weight" => ones,
                "bias" => new float[Mean.Length],
                "running_mean" => Mean,
                _ => Variance,
            };
        }
    }
}
